"""Two quiet themes; any of Textual's can be chosen from the palette instead."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="despin-dark",
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
    name="despin-light",
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
