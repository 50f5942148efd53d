"""The configuration file: where it is looked for, what it may hold, what is said otherwise."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from despin.config import KEYS, ConfigError, find, load
from despin.options import Grammar, Options, Quotes

FULL = """
select = ["synonym", "phrase"]
ignore = ["grammar"]
min-confidence = 0.7
quotes = "fix"
scorer = "fast"
model = "models/big.gguf"
judges = "trained"
lexicons = ["house.tsv", "/srv/terms.tsv"]
allow = ["footway"]
unsafe_fixes = true
grammar = "all"
grammar-categories = ["GRAMMAR", "TYPOS"]
languagetool-url = "http://localhost:8081"
"""


def written(folder: Path, text: str, name: str = "despin.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_option_can_be_set(tmp_path: Path) -> None:
    assert load(written(tmp_path, FULL)) == Options(
        select=("synonym", "phrase"),
        ignore=("grammar",),
        min_confidence=0.7,
        quotes=Quotes.FIX,
        scorer="fast",
        model=tmp_path / "models/big.gguf",
        judges=tmp_path / "trained",
        lexicons=(tmp_path / "house.tsv", Path("/srv/terms.tsv")),
        allow=("footway",),
        unsafe_fixes=True,
        grammar=Grammar.ALL,
        grammar_categories=("GRAMMAR", "TYPOS"),
        languagetool_url="http://localhost:8081",
    )
    assert {field.name.replace("_", "-") for field in fields(Options)} == set(KEYS)
    assert all(key in FULL.replace("_", "-") for key in KEYS)


def test_pyproject_holds_it_in_its_table(tmp_path: Path) -> None:
    path = written(tmp_path, "[tool.despin]\nmin_confidence = 1\n", "pyproject.toml")
    assert load(path) == Options(min_confidence=1.0)


def test_the_reviewers_table_is_not_ours(tmp_path: Path) -> None:
    text = 'scorer = "auto"\n[reviewer]\ntheme = "dark"\n'
    assert load(written(tmp_path, text)) == Options(scorer="auto")


def test_the_files_path_may_be_a_string(tmp_path: Path) -> None:
    path = written(tmp_path, "min-confidence = 0.7\n")
    assert load(str(path)) == load(path)


def test_an_empty_file_sets_nothing(tmp_path: Path) -> None:
    assert load(written(tmp_path, "\ufeff# nothing\n")) == Options()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "colour = 1",
            "unknown key 'colour'; there are allow, grammar, grammar-categories, ignore, ",
        ),
        ("min-confidence = 2", "min-confidence: expected a number from 0 to 1, not 2"),
        ("min-confidence = true", "min-confidence: expected a number from 0 to 1, not True"),
        ("min-confidence = '0.5'", "min-confidence: expected a number from 0 to 1, not a string"),
        ("min-confidence = nan", "min-confidence: expected a number from 0 to 1, not nan"),
        ("select = 'synonym'", "select: expected a list of strings, not a string"),
        ("allow = ['a', 1]", "allow: expected a list of strings, not a list of other things"),
        ("quotes = 'ask'", "quotes: expected one of flag, fix, skip, not 'ask'"),
        ("grammar = false", "grammar: expected one of off, findings, all, not a boolean"),
        ("unsafe-fixes = 'yes'", "unsafe-fixes: expected true or false, not a string"),
        ("model = ''", "model: expected a string, not an empty string"),
        ("allow = ['quay', '']", "allow holds '', not a string"),
        ("model = '~no-such-name/x'", "model: '~no-such-name/x': there is no such home folder"),
        ("lexicons = ['~no-such-name/x']", "lexicons: '~no-such-name/x': there is no such home"),
        ("scorer = 'hf:~no-such-name/x'", "scorer: '~no-such-name/x': there is no such home"),
        ("scorer = 'zzz'", "scorer: expected one of lm, fast, auto, hf:MODEL, not 'zzz'"),
        ("[tool.despin]\nscorer = 'lm'", "the keys stand at the top here, without [tool.despin]"),
        ("scorer = {}", "scorer: expected a string, not a table"),
        ("scorer = 2024-01-01", "scorer: expected a string, not a date or time"),
        (
            "select = ['nonsense']",
            "no rule is called 'nonsense'; there are attribution, boilerplate, ",
        ),
        ("quotes = 'fix", "not TOML: "),
        ("unsafe-fixes = true\nunsafe_fixes = true", "'unsafe_fixes' is there twice"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(text: str, message: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: {message}")
    assert "\n" not in str(caught.value)


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: No such file"):
        load(tmp_path / "none.toml")
    (tmp_path / "despin.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(tmp_path / "despin.toml")


def test_a_pyproject_without_the_table_is_refused_when_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no \[tool\.despin\]"):
        load(written(tmp_path, "[project]\n", "pyproject.toml"))
    with pytest.raises(ConfigError, match="expected a table"):
        load(written(tmp_path, "[tool]\ndespin = 1\n", "pyproject.toml"))


def test_the_nearest_file_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find(inner) is None
    outer = written(tmp_path, "[tool.despin]\n", "pyproject.toml")
    written(tmp_path / "a", "[tool.other]\n", "pyproject.toml")
    assert find(inner) == outer
    own = written(tmp_path / "a", "")
    assert find(inner) == own


def test_a_masked_models_folder_counts_from_the_files_folder(tmp_path: Path) -> None:
    (tmp_path / "models" / "small").mkdir(parents=True)
    beside = load(written(tmp_path, 'scorer = "hf:models/small"\n'))
    assert beside == Options(scorer=f"hf:{tmp_path / 'models/small'}")
    named = load(written(tmp_path, 'scorer = "hf:some-lab/small"\n'))
    assert named == Options(scorer="hf:some-lab/small")


def test_a_category_is_known_however_it_is_written_and_none_is_made_up(tmp_path: Path) -> None:
    good = load(written(tmp_path, 'grammar-categories = ["typos", "Grammar"]\n'))
    assert good.grammar_categories == ("TYPOS", "GRAMMAR")
    with pytest.raises(ConfigError, match="grammar-categories: 'GRAMAR' is no category of Lang"):
        load(written(tmp_path, 'grammar-categories = ["GRAMAR"]\n'))
