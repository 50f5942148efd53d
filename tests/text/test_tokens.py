"""Tokens: every token is its span's text, nothing is lost, and nltk agrees."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from despin.span import TokenKind
from despin.text.tokens import PATTERN, normal, pieces, tokens

WORD, NUMBER, PUNCTUATION = TokenKind.WORD, TokenKind.NUMBER, TokenKind.PUNCTUATION
TEXTS = st.text(max_size=80) | st.text(alphabet="aé\u0301’'1.,_ ²½\n”-Ⅻ٣ß中", max_size=80)

# Engines differ on what marks and newer scripts are, so nltk is asked about older letters only.
LATIN_GREEK_CYRILLIC = st.text(
    st.characters(max_codepoint=0x52F, exclude_categories=["Mn", "Me", "Cn"])
    | st.sampled_from("’“”—… .,12'ab"),
    max_size=80,
)


@given(TEXTS)
def test_each_character_but_white_space_lies_in_one_token(text: str) -> None:
    found = tokens(text)
    covered = [i for token in found for i in range(token.span.start, token.span.end)]
    assert covered == [i for i, character in enumerate(text) if not character.isspace()]


@given(TEXTS)
def test_pieces_are_the_texts_of_the_tokens(text: str) -> None:
    assert pieces(text) == [token.span.of(text) for token in tokens(text)]


@given(TEXTS)
def test_punctuation_holds_no_letter_and_no_digit_and_words_no_digit(text: str) -> None:
    for token in tokens(text):
        piece = token.span.of(text)
        if token.kind is PUNCTUATION:
            assert len(piece) == 1
            assert not piece.isalnum()
        if token.kind is WORD:
            assert not any(c.isnumeric() and not c.isalpha() for c in piece)


@settings(deadline=None)  # the first import of nltk is slow
@given(LATIN_GREEK_CYRILLIC)
@example("0¹ x² 20th 1½")
def test_nltk_cuts_the_same_tokens_with_the_same_pattern(text: str) -> None:
    from nltk.tokenize.regexp import RegexpTokenizer

    expected = list(RegexpTokenizer(PATTERN).span_tokenize(text))
    assert [(token.span.start, token.span.end) for token in tokens(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't", [("don't", WORD)]),
        ("O’Neill’s", [("O’Neill’s", WORD)]),
        ("rock'n'roll", [("rock'n'roll", WORD)]),
        ("'tis", [("'", PUNCTUATION), ("tis", WORD)]),
        ("workers'", [("workers", WORD), ("'", PUNCTUATION)]),
        ("1,200.5", [("1,200.5", NUMBER)]),
        ("1,200.", [("1,200", NUMBER), (".", PUNCTUATION)]),
        ("20th", [("20th", NUMBER)]),
        ("mp3", [("mp3", NUMBER)]),
        ("½", [("½", NUMBER)]),
        ("shown¹", [("shown", WORD), ("¹", NUMBER)]),
        ("cafe\u0301s", [("cafe\u0301s", WORD)]),
        ("as”a", [("as", WORD), ("”", PUNCTUATION), ("a", WORD)]),
        ("well-known", [("well", WORD), ("-", PUNCTUATION), ("known", WORD)]),
        ("a_b", [("a", WORD), ("_", PUNCTUATION), ("b", WORD)]),
        ("Straße Ελλάδα", [("Straße", WORD), ("Ελλάδα", WORD)]),
        ("", []),
    ],
)
def test_cuts(text: str, expected: list[tuple[str, TokenKind]]) -> None:
    assert [(token.span.of(text), token.kind) for token in tokens(text)] == expected


def test_normal_form_is_lower_case_with_a_straight_apostrophe() -> None:
    assert normal("O’Neill") == "o'neill"
