import tomllib

import pytest

from despin.read import WriteError
from despin.tui.allowing import allow


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'allow = ["new"]\n'),
        ('# ours\nallow = ["old"] # kept\n', '# ours\nallow = ["new", "old"] # kept\n'),
        ("allow = []\n", 'allow = ["new"]\n'),
        ("allow = [\n  'old', # why\n]\n", "allow = [\"new\",\n  'old', # why\n]\n"),
        ("quotes = 'fix'\n\n[reviewer.keys]\naccept = 'a'\n", None),
        ("[reviewer]\n  theme = 'light'", None),
    ],
)
def test_own_file(tmp_path, before, after):
    path = tmp_path / "despin.toml"
    path.write_text(before)
    assert allow("new", tmp_path).path == path
    text = path.read_text()
    assert after is None or text == after
    settings, old = tomllib.loads(text), tomllib.loads(before)
    assert settings.pop("allow") == ["new", *old.pop("allow", [])]
    assert settings == old


def test_the_shared_file_is_changed_in_its_table_only(tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text(
        "[project]\nname = 'x'\n\n[tool.despin]\nquotes = 'fix'\n\n[tool.other]\nallow = 3\n"
    )
    (tmp_path / "deep" / "er").mkdir(parents=True)
    allow("new", tmp_path / "deep" / "er")
    settings = tomllib.loads(path.read_text())
    assert settings["tool"]["despin"] == {"quotes": "fix", "allow": ["new"]}
    assert settings["tool"]["other"] == {"allow": 3}


def test_a_word_that_is_there_stays_once(tmp_path):
    allow("new", tmp_path)
    allow("new", tmp_path)
    assert tomllib.loads((tmp_path / "despin.toml").read_text()) == {"allow": ["new"]}


@pytest.mark.parametrize("word", ['sa"y', "a\\b", "naïve", "日本"])
def test_any_word_is_written_so_that_it_reads_back(tmp_path, word):
    allowed = allow(word, tmp_path)
    assert tomllib.loads(allowed.path.read_text("utf-8"))["allow"] == [word]


@pytest.mark.parametrize(
    "text", ["tool = 3 3\n", 'x = """\nallow = []\n"""\nallow = ["old"]\n', "allow = 'old'\n"]
)
def test_what_cannot_be_changed_safely_is_left_alone(tmp_path, text):
    path = tmp_path / "despin.toml"
    path.write_text(text)
    with pytest.raises(WriteError):
        allow("new", tmp_path)
    assert path.read_text() == text


def test_a_byte_order_mark_stays_where_it_was(tmp_path):
    path = tmp_path / "despin.toml"
    path.write_bytes(b'\xef\xbb\xbfquotes = "fix"\r\n')
    allow("new", tmp_path)
    text = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    assert len(text) == path.stat().st_size - 3
    assert tomllib.loads(text.decode()) == {"quotes": "fix", "allow": ["new"]}


@pytest.mark.parametrize("name", ["despin.toml", "ours.toml", "pyproject.toml"])
def test_a_configuration_that_is_named_is_the_one(tmp_path, name):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "despin.toml").write_text("")
    path = tmp_path / name
    path.write_text("[tool.despin]\n" if name == "pyproject.toml" else "")
    assert allow("new", tmp_path / "news", path).path == path
    settings = tomllib.loads(path.read_text())
    table = settings["tool"]["despin"] if name == "pyproject.toml" else settings
    assert table == {"allow": ["new"]}
    assert (tmp_path / "news" / "despin.toml").read_text() == ""
