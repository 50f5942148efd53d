"""Words that stand beside each other in a thesaurus and never for each other: two and three.

WordNet's sister terms and Moby's lists put them together; a spinner that wrote "months" for
"minutes" would be caught by any reader, and either word reads equally well to a model.
"""

from __future__ import annotations

CLASSES = tuple(
    frozenset(words.split())
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty "
        "seventy eighty ninety hundred thousand million billion trillion hundreds thousands "
        "millions billions dozen dozens",
        "first second third fourth fifth sixth seventh eighth ninth tenth twentieth last",
        "half quarter third fourth fifth halves quarters thirds",
        "twice once thrice",
        "second seconds minute minutes hour hours day days night nights week weeks weekend "
        "weekends fortnight month months quarter quarters season seasons year years decade "
        "decades century centuries",
        "daily weekly monthly quarterly yearly hourly nightly annual",
        "morning noon afternoon evening night midnight mornings afternoons evenings nights",
        "monday tuesday wednesday thursday friday saturday sunday",
        "january february march april may june july august september october november december",
        "spring summer autumn winter",
        "north south east west northern southern eastern western northward southward eastward "
        "westward",
        "yesterday today tomorrow",
        "father mother brother sister son daughter uncle aunt nephew niece cousin husband "
        "wife grandfather grandmother fathers mothers brothers sisters sons daughters "
        "husbands wives",
        "breakfast lunch dinner supper",
        "black white red green blue yellow brown orange purple pink grey",
        "inch inches foot feet yard yards mile miles metre metres meter meters kilometre "
        "kilometres kilometer kilometers acre acres",
        "gram grams ounce ounces pound pounds kilogram kilograms kilo kilos ton tons tonne tonnes",
        "cent cents dollar dollars euro euros penny pence shilling shillings franc francs yen",
    )
)
"""Lower case; a word may be in several."""

BIT = {
    word: sum(1 << bit for bit, group in enumerate(CLASSES) if word in group)
    for group in CLASSES
    for word in group
}
"""Word to the classes it is in, one bit each."""
