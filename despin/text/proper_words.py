"""Words that are names wherever they are capitalised, and titles that names begin with."""

from __future__ import annotations

MONTHS_AND_DAYS = frozenset(
    """
    january february april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    mondays tuesdays wednesdays thursdays fridays saturdays sundays
    christmas easter ramadan hanukkah diwali
    """.split()
)
"""Without ``may`` and ``march``, which begin ordinary sentences too."""

PEOPLES = frozenset(
    """
    african american arab argentine asian australian austrian belgian brazilian british bulgarian
    canadian chilean chinese colombian croatian cuban czech danish dutch egyptian english estonian
    ethiopian european filipino finnish french german ghanaian greek hungarian icelandic indian
    indonesian iranian iraqi irish israeli italian jamaican japanese jewish kenyan korean latvian
    lebanese libyan lithuanian malaysian mexican moroccan muslim nepalese nigerian norwegian
    pakistani palestinian peruvian polish portuguese romanian russian saudi scottish serbian
    slovak slovenian somali spanish sudanese swedish swiss syrian thai tunisian turkish ugandan
    ukrainian venezuelan vietnamese welsh zimbabwean christian catholic protestant buddhist hindu
    africans americans arabs argentines asians australians austrians belgians brazilians britons
    canadians chileans croats cubans czechs danes egyptians estonians europeans finns germans
    greeks hungarians indians indonesians iranians iraqis israelis italians jamaicans kenyans
    koreans latvians libyans malaysians mexicans nigerians norwegians pakistanis palestinians
    poles romanians russians saudis serbs spaniards swedes syrians thais turks ukrainians
    venezuelans muslims jews christians catholics buddhists hindus
    """.split()
) - {"polish", "poles"}

PLACES = frozenset(
    """
    afghanistan africa albania algeria america angola antarctica argentina armenia asia australia
    austria azerbaijan bangladesh belarus belgium bolivia bosnia botswana brazil britain bulgaria
    cambodia cameroon canada chile china colombia croatia cuba cyprus denmark ecuador egypt england
    estonia ethiopia europe finland france germany ghana greece guatemala haiti honduras hungary
    iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya
    korea kosovo kuwait laos latvia lebanon liberia libya lithuania luxembourg madagascar malawi
    malaysia malta mexico moldova mongolia morocco mozambique myanmar namibia nepal netherlands
    nicaragua nigeria norway oman pakistan palestine panama paraguay peru philippines poland
    portugal qatar romania russia rwanda scotland senegal serbia singapore slovakia slovenia
    somalia spain sudan sweden switzerland syria taiwan tanzania thailand tunisia uganda ukraine
    uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe
    amsterdam athens baghdad bangkok beijing berlin boston brussels cairo california chicago
    copenhagen delhi dublin edinburgh florida glasgow istanbul johannesburg kyiv lagos london
    madrid manchester melbourne moscow mumbai nairobi oslo paris prague rome scotland seoul shanghai
    stockholm sydney texas tokyo toronto vienna warsaw washington
    """.split()
)

PROPER_WORDS = MONTHS_AND_DAYS | PEOPLES | PLACES

TITLES = frozenset(
    "mr mrs ms mx dr prof st sen rep gov gen col capt lt sgt maj rev hon fr sr jr pres supt".split()
)
"""Abbreviations whose point doesn't part them from the name."""

OPENERS = frozenset(
    """
    yesterday today tomorrow tonight last next earlier later recently currently according following
    based given thanks born including speaking asked told dear hello former first second third
    finally additionally similarly nevertheless nonetheless besides elsewhere unfortunately
    fortunately indeed interestingly importantly surprisingly initially previously originally
    critics experts scientists researchers officials police photo image source sources read watch
    see click note update correction editor exclusive analysis opinion review
    """.split()
)
"""Words that stand before a name at the start of a sentence without being part of it."""

PARTITIVES = frozenset(
    "half part lots plenty much rest majority end most all none one some any many each".split()
)
"""Words that ``of`` follows without making a name: *half of Europe*, unlike *Bank of England*."""
