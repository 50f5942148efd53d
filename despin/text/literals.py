"""Text that means what it says letter by letter: addresses, mark-up, numbers with units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.span import Span
from despin.text.formulas import formulas
from despin.text.span_index import merged

_TLD = (
    "com|org|net|edu|gov|mil|int|info|biz|io|ai|app|dev|tv|co|uk|eu|de|fr|au|ca|nz|ie|jp|cn|ru|br"
    "|ch|nl|se|dk|pl|za|kr|sg|hk"
)
"""Domain endings that count without a path; ``.in`` or ``.it`` may be a sentence's lost space."""

_NOT_URL = r"\s<>\"“”‘’«»`|"
_URL = re.compile(
    rf"(?<!\w)(?:(?:https?|s?ftp|file|git|ssh)://|(?:mailto|tel|doi):(?=\S)|www\.)[^{_NOT_URL}]++"
    r"|(?<![\w@./-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.)++"
    rf"(?:(?<=\.)(?:{_TLD})(?![\w-])(?:[/?#:][^{_NOT_URL}]++)?|[a-z]{{2,6}}/[^{_NOT_URL}]++)"
)
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]++(?:\.[\w-]++)+")
_MENTION = re.compile(r"(?<![\w/&.])[@#][A-Za-z_]\w*+")
_ENDING = (
    "html?|php|pdf|docx?|xlsx?|pptx?|csv|tsv|txt|md|json|xml|ya?ml|toml|ini|conf|cfg|jpe?g|png|gif|svg"
    "|webp|mp[34]|wav|zip|gz|exe|dll|py|js|ts|css|sh|sql|rb|java|cpp|rs"
)
_PATH = re.compile(
    r"(?<![\w/.~])(?:~|\.{1,2})?(?:/[\w.-]*\w){2,}/?"
    r"|(?<![\w/.\\-])[A-Za-z]:(?:\\[\w.-]*\w)+"
    rf"|(?<![\w/.-])(?:[\w-]+[./]){{1,20}}(?<=\.)(?:{_ENDING})(?![\w/])"
)
"""A file, with its folders or without: ``/etc/hosts``, ``pages/about.html``."""
_TAG = re.compile(
    r"</?[A-Za-z][\w:-]*+(?:\s(?:[^<>\"'{]++|\"[^\"<]*+\"|'[^'<]*+'|\{[^{}<]*+\})*+|\s[^<>]*+|/)?>"
    r"|<[!?][A-Za-z][^<>]*+>"
)
"""A value in quotation marks or braces may hold ``>``; odd ones end with the first."""
_TEMPLATE = re.compile(r"\{\{[^{}]*+\}\}|\{%(?:[^{}%]|%(?!\}))*+%\}")
"""What a site's generator fills in; a spinner's doubled braces are closed one by one."""
_WIKI_LINK = re.compile(r"(?<=\[\[)[^\[\]|\n]{1,200}(?=\]\]|\|[^\[\]\n]{0,200}\]\])")
_DESTINATION = re.compile(r"(?<=\]\()(?:<[^<>\n]++>|(?:[^()\s]++|\([^()\s]*+\))++)")
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]*\S++", re.MULTILINE)
_LABEL = re.compile(r"\[([^\[\]]{1,200})\]")
_DEFINED = re.compile(r"^[ >]{0,8}\[([^\[\]\n]{1,200})\]:", re.MULTILINE)

_SPACE = r"[ \u00a0\u2009\u202f]?"
_NUMBER = r"\d++(?:[.,]\d++)*+"
_MAGNITUDE = r"(?:hundred|thousand|million|billion|trillion|mn|bn|tn|[mk])(?!\w)"
_UNIT = (
    r"%|‰|°" + _SPACE + r"[CFK]?(?!\w)|(?:per" + _SPACE + r"cent|percent|percentage points?|pc"
    r"|[nµμmck]?m[²³23]?|km/h|m/s|kph|mph|knots?|sq ?(?:ft|km|m|miles)|ft|feet|foot|inch(?:es)?"
    r"|yards?|yd|miles?|acres?|ha|hectares?"
    r"|(?:kilo|centi|milli|nano)?(?:met(?:re|er)|gram(?:me)?|lit(?:re|er)|watt|hertz|joule|byte)s?"
    r"|[µμmk]?g|lbs?|oz|ounces?|tonn?es?|tons?|[mc]?[lL]|gallons?|pints?"
    r"|[kMG]?Hz|[KkMGTP]i?B|[MGT]?bps|[kMGT]?Wh?|[km]?V|mAh|[kM]?J|k?cal|kilowatt-hours?"
    r"|ms|min|mins|h|hrs?|px|dpi|rpm|bpm|psi|hPa|kPa|dB|degrees|calories"
    r"|USD|EUR|GBP|dollars|euros?|pounds?|pence|cents?|yen|yuan|rupees?)(?!\w)"
)
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?:(?:US|A|C|NZ|HK|S)?[$£€¥₹₽₩]|(?:USD|EUR|GBP|Rs\.?)(?=[ \d])){_SPACE}"
    rf"{_NUMBER}(?:[ -]?{_MAGNITUDE})?"
    rf"|(?<![\w.,])[-−]?{_NUMBER}"
    rf"(?:{_SPACE}-?(?:{_UNIT})|[ -]?{_MAGNITUDE}(?:{_SPACE}(?:{_UNIT}))?)"
)

_PATTERNS = (
    *(_EMAIL, _MENTION, _PATH, _TAG, _TEMPLATE),
    *(_WIKI_LINK, _DESTINATION, _REFERENCE, _QUANTITY),
)

_TRAILING = frozenset(".,;:!?'*_…")
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def literals(text: str) -> tuple[Span, ...]:
    """Addresses, mark-up, link destinations, files, formulas, numbers with units, in order."""
    spans = [_trimmed(text, *match.span()) for match in _URL.finditer(text)]
    for pattern in _PATTERNS:
        spans += (Span(*match.span()) for match in pattern.finditer(text))
    spans += _labels(text)
    spans += formulas(text)
    spans += _comments(text)
    return merged(spans)


def _labels(text: str) -> Iterator[Span]:
    """Names of links and footnotes wherever they stand: one that is changed alone leads nowhere."""
    labels = (" ".join(match[1].split()).lower() for match in _DEFINED.finditer(text))
    defined = {label for label in labels if any(map(str.isalpha, label))}
    if defined:
        for match in _LABEL.finditer(text):
            if " ".join(match[1].split()).lower() in defined:
                yield Span(*match.span())


def _trimmed(text: str, start: int, end: int) -> Span:
    """An address without the punctuation of the sentence around it."""
    counts = {bracket: text.count(bracket, start, end) for bracket in "()[]{}"}
    while end > start:
        last = text[end - 1]
        if last in _BRACKETS and counts[last] > counts[_BRACKETS[last]]:
            counts[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return Span(start, end)


def _comments(text: str) -> Iterator[Span]:
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        at = end + 3
        yield Span(start, at)
