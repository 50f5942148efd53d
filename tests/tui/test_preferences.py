import pytest

from despin.config import ConfigError
from despin.tui.app import ReviewerApp
from despin.tui.entries import Setup, demo_entry
from despin.tui.preferences import Preferences, load
from despin.tui.themes import ThemeError


def test_both_files(tmp_path):
    own, shared = tmp_path / "despin.toml", tmp_path / "pyproject.toml"
    own.write_text("[reviewer]\ntheme = 'light'\n[reviewer.keys]\naccept = 'a,enter'\n")
    shared.write_text("[tool.despin.reviewer]\ntheme = 'dark'\n")
    assert load(own) == Preferences("light", {"accept": "a,enter"})
    assert load(shared) == Preferences("dark", {})


def test_nothing_said(tmp_path):
    (tmp_path / "despin.toml").write_text("")
    assert load(tmp_path / "despin.toml") == Preferences()


@pytest.mark.parametrize(
    "text",
    ["reviewer = 3", "[reviewer]\ncolour = 1", "[reviewer]\nkeys = 1", "[reviewer]\ntheme = 1",
     "[reviewer.keys]\naccept = 1", "= =", "[reviewer]\ntheme = 'mauve'",
     "[reviewer.keys]\naccpt = 'a'", "[reviewer.keys]\naccept = 'n'"],
)  # fmt: skip
def test_nonsense_is_refused(tmp_path, text):
    (tmp_path / "despin.toml").write_text(text)
    with pytest.raises(ConfigError, match=r"despin\.toml"):
        load(tmp_path / "despin.toml")


def test_a_theme_that_does_not_exist_is_named():
    with pytest.raises(ThemeError, match="'mauve'; there are dark, light, terminal, "):
        ReviewerApp(Setup([demo_entry()], explain=False), theme="mauve")
    for theme in (None, "dark", "light", "terminal", "nord"):
        ReviewerApp(Setup([demo_entry()], explain=False), theme=theme)
