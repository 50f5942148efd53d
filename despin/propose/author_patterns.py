"""What a note on an author looks like: “Jane Doe is a staff writer at The Post. She tweets @jdoe.”.

Each of its sentences has to: the first gives a name and a post, or there is an address besides.
"""

from __future__ import annotations

import re

from despin.propose.boilerplate_patterns import unframed
from despin.text.sentences import sentences

_MOST_WORDS = 80

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
NAME = (
    r"(?!(?:The|An?|This|That|These|Those|Our|My|His|Her|Its|Their|Your|Both|Some|Many|Most|All|Each"
    r"|Mr|Mrs|Ms|Miss|Today|Now|And|But|So|If|When|While|Yet|In|On|At|For|From|As|Only|Former|By)\b)"
    rf"{_CAPITAL}(?:\s(?:de|del|der|di|du|da|la|le|van|von|bin|al|{_CAPITAL})){{0,3}}\s{_CAPITAL}"
)
"""A name of two to five words, known by its capitals."""
_HANDLE = r"(?:\s\(@\w{2,30}\))?"
_NO_MODIFIER = (
    r"(?!(?:former|late|ex|retired|fired|jailed|imprisoned|missing|fictional|aspiring|not|no|one|of"
    r"|for|to|by|with|from|at|in|on|as|who|whose|that|which|said|told|being)\b)"
)
_POST = (
    rf"(?:is|are)\s(?:{_NO_MODIFIER}[\w.&/'’-]+,?\s){{0,7}}?"
    r"(?:writer|reporter|editor|correspondent|columnist|journalist|contributor)s?"
    r"(?=\s(?:at|for|of|to|with|in|on|who|whose|and|covering|focus\w+|based)\s|,\s)"
)
_DOES = (
    r"(?:is|are|covers?|writes?|reports?|edits?|teach(?:es)?|blogs?|tweets?|(?:co-?)?hosts?|lives?"
    r"|works?|holds?|runs?)"
)
_LEAD = re.compile(
    rf"(?P<one>{NAME}){_HANDLE}(?:,?\sand\s(?P<two>{NAME}){_HANDLE})?\s"
    rf"(?:(?P<post>{_POST})|{_DOES}\b)"
)
_MAY_LEAD = re.compile(rf"^[^\w\n]*{_LEAD.pattern}", re.MULTILINE)

_HANDLE_GIVEN = re.compile(
    r"\(@\w{2,30}\)|\b(?:follow|find|reach|contact|twitter|tweets?)\b[^@]{0,60}(?<!\w)@\w",
    re.IGNORECASE,
)
_MAIL_GIVEN = re.compile(r"[\w.+-]@\w[\w-]*\.\w")
_WRITES = re.compile(
    r"\b(?:writers?|writes|covers|reports|reporters?|edits|editors?|editorial|blogs|authors?"
    r"|columnists?|column)\b"
)
_GOES_ON = re.compile(
    r"(?:(?:She|He|They|[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,2})(?:\s\w+ly|\salso)?(?:\s|['’])(?:"
    rf"{_DOES}|s|ha[sd]|have|can|may|was|were|stud(?:ies|ied)|graduated|joined|earned|worked"
    r"|served|grew|received|won|spent|covered|wrote|reported|(?:co-?)?(?:founded|authored)|loves?"
    r"|contributes?|speciali[sz]es?|focus(?:es)?|enjoys?|publishes?|leads?|records?)\b"
    r"|(?:Her|His|Their|Follow|Find|Reach|Contact|E-?mail|Mail|Write to|Tweet|Connect|Send|Read"
    r"|You can|Subscribe|Sign up|Join|Twitter|On Twitter|For more|More (?:from|by)|Learn more"
    r"|To (?:read|contact|reach)|(?:The|All) (?:views|opinions)"
    r"|(?:This|A version of this) (?:article|story|column))\b|@|[\w.-]+@)"
)
_STORY = re.compile(
    r"\b(?:said|says|told|tells|asked|died|dies|killed|murdered|arrested|missing|sentenced|charged"
    r"|jailed|imprisoned|detained|survived by|funeral|resigned|fired|sacked|accused|sued|buried"
    r"|mourn\w*|kidnapped|abducted|wounded|injured|suspended|yesterday|last (?:week|month|night)"
    r"|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    re.IGNORECASE,
)
"""What happens to people in an article."""


def may_hold_note(text: str) -> bool:
    """Whether some line of the text begins as notes on authors do."""
    return _MAY_LEAD.search(text) is not None


def authors(paragraph: str) -> list[str]:
    """The names that a note on authors begins with; none where the paragraph is no such note."""
    note = " ".join(unframed(paragraph).split())
    lead = _LEAD.match(note)
    if lead is None or len(note.split()) > _MOST_WORDS or _STORY.search(note):
        return []
    if not lead["post"] and not _gives_address(note):
        return []
    _, *others = (span.of(note) for span in sentences(note))
    names = [name for name in lead.group("one", "two") if name]
    return names if all(map(_GOES_ON.match, others)) else []


def _gives_address(note: str) -> bool:
    """Whether the author of an article may be written to there, not somebody in it."""
    mail = _MAIL_GIVEN.search(note) and _WRITES.search(note)
    return bool(mail or _HANDLE_GIVEN.search(note))
