"""The pictures of the reviewer in the README: three SVG files of the built-in example.

python docs/screens.py [docs/screens]
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from despin.tui.app import ReviewerApp
from despin.tui.entries import Setup, demo_entry

SCREENS = {
    "reviewer-dark": ("dark", (120, 34), ["j", "y", "n", "2", "y", "y", "J", "y"]),
    "reviewer-side-by-side": ("light", (120, 34), ["j", "y", "n", "2", "y", "y", "vertical_line"]),
    "reviewer-narrow": ("dark", (80, 24), ["j", "y", "n"]),
}
"""Theme, size, and the keys pressed before the picture."""


async def drawn(theme: str, size: tuple[int, int], keys: list[str]) -> str:
    """The screen after the keys, as SVG."""
    entry = demo_entry()
    assert entry.review is not None
    assert entry.review.document.sentences  # cut now, so that no panel is still waiting for them
    app = ReviewerApp(Setup([entry], explain=False), theme=theme)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        return app.export_screenshot(title="despin review")


def main() -> None:
    """Write the pictures into the folder that the command line names."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screens")
    folder.mkdir(parents=True, exist_ok=True)
    for name, (theme, size, keys) in SCREENS.items():
        path = folder / f"{name}.svg"
        path.write_text(asyncio.run(drawn(theme, size, keys)), "utf-8")
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
