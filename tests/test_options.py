"""Options take the names of choices, and refuse what is none."""

from __future__ import annotations

import pytest

from despin.options import Grammar, Options, Quotes


def test_names_stand_for_choices() -> None:
    options = Options(quotes="skip", grammar="off")  # type: ignore[arg-type]
    assert options.quotes is Quotes.SKIP
    assert options.grammar is Grammar.OFF


@pytest.mark.parametrize("wrong", [{"quotes": "keep"}, {"grammar": "some"}, {"min_confidence": 7}])
def test_what_is_no_choice_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"keep|some|7"):
        Options(**wrong)  # type: ignore[arg-type]
