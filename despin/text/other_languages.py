"""The commonest small words of languages written in Latin letters, to tell them from English.

Words that English has too speak for neither (`despin.text.language`).
"""

from __future__ import annotations

OTHER_LANGUAGES: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "German": "der die und das den von zu mit ist im dem nicht ein eine auf für sich des auch "
        "als es wird sie nach bei einer um noch wie einem über so zum aus hat nur wir ich",
        "Dutch": "de het een en van dat te niet zijn op met voor er aan ook als maar bij nog naar "
        "uit om dan zij deze ze worden wordt heeft hij door",
        "French": "le la les des et une du est dans qui que pour pas sur plus avec ce il elle au "
        "par ne sont cette se mais nous vous ont aux être leur comme",
        "Spanish": "el la los las de que y en un una por con para del se es su al como más pero "
        "sus fue este entre está muy también ha son",
        "Portuguese": "o os as de que e em um uma por com para do da dos das na se não mais é foi "
        "ao como mas são pelo pela sua também",
        "Italian": "il la di che e un una per con del della dei delle nel è non si da sono come "
        "anche più al alla gli le questo ha ma loro",
        "Romanian": "și de la în pe cu din care nu o un este sunt mai pentru fi că ale lui dar",
        "Danish, Norwegian": "og det er som en af til på ikke med den har av jeg et fra vi kan de "
        "der blev ble sig seg om også eller",
        "Swedish": "och det att är som en på av för med den till inte har om ett från jag de så "
        "var kan men eller",
        "Finnish": "ja on ei se että hän oli ovat mutta kun niin tai myös joka mukaan sen ole",
        "Polish": "i w na się nie z że jest do jak po od przez za dla był oraz który już tylko",
        "Czech": "a v na se že je s z do o i ale jako pro by jsou podle které který bylo po za",
        "Hungarian": "a az és hogy nem is egy van volt meg ez de csak már mint még azt ki",
        "Turkish": "ve bir bu için de da ile olarak çok daha olan gibi ne kadar ama sonra var",
        "Indonesian": "yang dan di ini itu dengan untuk dari tidak dalam akan pada adalah ke "
        "juga saya oleh mereka karena",
        "Vietnamese": "là và của có không được trong cho các một người với này đã những để từ",
        "Swahili": "na ya wa kwa ni katika za la kuwa hii huo wake lakini pia kama watu",
        "Latin": "et in est non ad ut cum quod qui sed si ex esse quae ab per enim autem",
    }.items()
}
