"""Which documents are English enough to be checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.document import Document
from despin.text.language import REASON, why_not_english

ENGLISH = {
    "prose": "The ferry was late again, and nobody on the pier knew when it would come. "
    "They waited in the rain with their bags and talked about the summer.",
    "technical": "Set the timeout to 30 seconds before you call connect(), otherwise the socket "
    "may stay open. The buffer holds 4096 bytes; larger frames are split by the driver.",
    "headlines": "Ferry Company Cancels Winter Service\n\nMayor Opens New Library in Old Mill\n\n"
    "Storm Closes Schools Across Northern Counties",
    "sentence-case headlines": "Ferry company cancels winter service after storm\n"
    "Mayor opens library in old mill\nStudents protest against higher fees at university",
    "code-heavy": "# Usage\n\nRun this first:\n\n```python\nfor zeile in datei:\n    pass\n"
    "nicht = und + oder\n```\n\nThen `der_wert` is what you want, and the rest is up to you.\n",
    "table": "| name | town | age |\n|---|---|---|\n| Anna | Oslo | 30 |\n| Per | Bergen | 41 |\n",
    "tabs": "town\tpeople\tarea\nOslo\t700000\t454\nBergen\t290000\t465\n",
    "few words": "ferry late again",
    "links": "https://example.com/der/die/das https://example.com/und",
    "quoting another language": "The sign said “Betreten der Baustelle ist nicht erlaubt” but the "
    "workers could not read it, so they went in and had their lunch there.",
    "spun": "The ferry become overdue once more, and nobody upon the pier knew whilst it might "
    "arrive. They waited inside the rain with their luggage.",
    "definitions": "Coffee is a drink. Tea is a drink as well. Water is a liquid. Milk is a food.",
    "instructions": "To install a printer on a Mac, go to System Settings. Click on Printers. "
    "Click on Add, and choose a printer on the list.",
    "mortgages": "A mortgage is a loan secured on a home. A bank is a lender. A deposit is a sum "
    "paid up front, as a rule in cash. A fixed rate is a rate set for a term of years.",
    "digits": "12 34 56\n78 90\n",
    "empty": "",
    "mojibake": "The mayorâ€™s office said that they donâ€™t know when the cafÃ© will open its "
    "doors, and that it isnâ€™t their job.",
}

OTHERS = {
    "German": "Die Fähre kam wieder zu spät, und niemand auf dem Steg wusste, wann sie kommt. "
    "Wir warteten im Regen und sprachen über den Sommer.",
    "Dutch": "De veerboot was weer te laat en niemand op de steiger wist wanneer hij zou komen. "
    "We stonden in de regen met onze tassen.",
    "French": "Le bac était encore en retard et personne sur le quai ne savait quand il viendrait. "
    "Nous avons attendu sous la pluie avec nos sacs.",
    "Spanish": "El barco llegó tarde otra vez y nadie en el muelle sabía cuándo iba a venir. "
    "Esperamos bajo la lluvia con las maletas.",
    "Portuguese": "O barco chegou tarde outra vez e ninguém no cais sabia quando ele viria. "
    "Esperamos na chuva com as malas.",
    "Italian": "Il traghetto era di nuovo in ritardo e nessuno sul molo sapeva quando sarebbe "
    "arrivato. Abbiamo aspettato sotto la pioggia con le borse.",
    "Danish": "Færgen var forsinket igen, og ingen på kajen vidste, hvornår den ville komme. "
    "Vi ventede i regnen med vores tasker og talte om sommeren.",
    "Swedish": "Färjan var sen igen, och ingen på bryggan visste när den skulle komma. "
    "Vi väntade i regnet med våra väskor.",
    "Finnish": "Lautta oli taas myöhässä, eikä kukaan laiturilla tiennyt, milloin se tulee. "
    "Odotimme sateessa laukkujen kanssa.",
    "Polish": "Prom znowu się spóźnił i nikt na pomoście nie wiedział, kiedy przypłynie. "
    "Czekaliśmy w deszczu z torbami.",
    "Turkish": "Vapur yine gecikti ve iskelede kimse ne zaman geleceğini bilmiyordu. "
    "Yağmurda çantalarla bekledik.",
    "Indonesian": "Kapal itu terlambat lagi dan tidak ada orang di dermaga yang tahu kapan akan "
    "datang. Mereka menunggu dalam hujan dengan tas.",
    "Hungarian": "A komp megint késett, és senki sem tudta a mólón, hogy mikor érkezik meg. "
    "Az esőben vártunk a táskákkal.",
    "Russian": "Паром опять опоздал.",
    "Greek": "Το πλοίο άργησε πάλι.",
    "Japanese": "船はまた遅れました。",
    "Arabic": "تأخرت العبارة مرة أخرى.",
    "German, few words": "Fähre fällt für Gäste aus",
}


@pytest.mark.parametrize("kind", ENGLISH)
def test_english_is_checked(kind: str) -> None:
    assert why_not_english(Document("a.md", ENGLISH[kind])) is None


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_not(language: str) -> None:
    assert why_not_english(Document("-", OTHERS[language])) == REASON


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert why_not_english(Document("-", text)) in (None, REASON)
