"""Two quiet themes; any of Textual's can be chosen from the palette instead."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

from despin.tui.preferences import OWN

DARK = Theme(
    name=OWN["dark"],
    primary="#7aa2c9",
    secondary="#8fa6a0",
    accent="#e0b25e",
    success="#8fc08a",
    warning="#e0b25e",
    error="#e08a7a",
    foreground="#d8d6cf",
    background="#16181c",
    surface="#1c1f24",
    panel="#262a31",
    dark=True,
)
LIGHT = Theme(
    name=OWN["light"],
    primary="#2b5f8f",
    secondary="#4d6b64",
    accent="#8a5a00",
    success="#2c6b2f",
    warning="#8a5a00",
    error="#a8321f",
    foreground="#22252a",
    background="#fbfaf7",
    surface="#f2f0ea",
    panel="#e4e1d8",
    dark=False,
)
THEMES = (DARK, LIGHT)


class ThemeError(ValueError):
    """A theme is asked for that does not exist."""


def name_of(wanted: str | None) -> str:
    """Textual's name of a theme: ``dark`` (where none is wanted), ``light``, ``terminal``, others.

    Raises:
        ThemeError: there is none of this name; the message lists those there are.
    """
    name = OWN.get(wanted or "dark", wanted or "")
    known = {theme.name for theme in THEMES} | set(BUILTIN_THEMES)
    if name not in known:
        there = ", ".join([*OWN, *sorted(known - set(OWN.values()))])
        raise ThemeError(f"no theme is called {wanted!r}; there are {there}")
    return name
