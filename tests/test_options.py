"""Options take the names of choices, and refuse what is none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from despin import Despinner
from despin.options import Grammar, OptionError, Options, Quotes


def test_names_stand_for_choices() -> None:
    options = Options(quotes="skip", grammar="off")  # type: ignore[arg-type]
    assert options.quotes is Quotes.SKIP
    assert options.grammar is Grammar.OFF


@pytest.mark.parametrize("wrong", [{"quotes": "keep"}, {"grammar": "some"}, {"min_confidence": 7}])
def test_what_is_no_choice_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"keep|some|7"):
        Options(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["select", "ignore", "allow", "grammar_categories"])
@pytest.mark.parametrize(
    ("given", "held"),
    [("synonym", ("synonym",)), (["synonym"], ("synonym",)), ((), ()), ({"entity"}, ("entity",))],
)
def test_one_string_is_a_list_of_one(field: str, given: Any, held: tuple[str, ...]) -> None:
    assert getattr(Options(**{field: given}), field) == held


class Named(os.PathLike[str]):
    def __fspath__(self) -> str:
        return "a.tsv"


@pytest.mark.parametrize("given", ["a.tsv", Path("a.tsv"), Named(), ["a.tsv"], (Path("a.tsv"),)])
def test_paths_may_be_strings_and_one_is_a_list_of_one(given: Any) -> None:
    assert Options(lexicons=given).lexicons == (Path("a.tsv"),)


@pytest.mark.parametrize("field", ["model", "judges"])
def test_a_path_may_be_a_string(field: str) -> None:
    assert getattr(Options(**{field: "a/b"}), field) == Path("a/b")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"select": 3}, "select is 3, not a string or several"),
        ({"select": None}, "select is None, not a string or several"),
        ({"allow": ("a", 1)}, "allow holds 1, not a string"),
        ({"allow": b"a"}, "allow is b'a', not a string or several"),
        ({"lexicons": 5}, "lexicons is 5, not a path or several"),
        ({"lexicons": ("a", None)}, "lexicons holds None, not a path"),
        ({"lexicons": ""}, "lexicons holds '', not a path"),
        ({"model": b"x"}, "model is b'x', not a path"),
        ({"judges": 3}, "judges is 3, not a path"),
        ({"scorer": 3}, "scorer is 3, not a string"),
        ({"scorer": ""}, "scorer is '', not a string"),
        ({"languagetool_url": 3}, "languagetool_url is 3, not a string"),
        ({"min_confidence": "0.5"}, "min_confidence is '0.5', not a number"),
        ({"min_confidence": True}, "min_confidence is True, not a number"),
        ({"min_confidence": float("nan")}, "min_confidence is nan, not between 0 and 1"),
        ({"quotes": None}, "quotes is None, not one of flag, fix, skip"),
        ({"grammar": "on"}, "grammar is 'on', not one of off, findings, all"),
        ({"unsafe_fixes": "no"}, "unsafe_fixes is 'no', not True or False"),
    ],
    ids=str,
)
def test_a_value_of_the_wrong_kind_names_its_field(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError) as caught:
        Options(**wrong)
    assert str(caught.value) == message


@pytest.mark.parametrize("given", [{"select": ("synonym",)}, Options])
def test_only_options_are_options(given: Any) -> None:
    with pytest.raises(TypeError, match=r"^options must be Options, not (dict|type)$"):
        Despinner(given)
