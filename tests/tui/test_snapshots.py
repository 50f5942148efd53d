"""The main states in both themes; ``pytest tests/tui/test_snapshots.py --snapshot-update``."""

import pytest

from despin.tui.app import ReviewerApp
from despin.tui.entries import Setup, demo_entry

STATES = {
    "wide": ((120, 36), ["j", "y", "n", "2"]),
    "narrow": ((80, 24), ["j", "y"]),
    "side-by-side": ((120, 36), ["y", "y", "vertical_line"]),
    "changes": ((120, 36), ["y", "n", "vertical_line", "vertical_line"]),
}


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("state", STATES)
def test_state(snap_compare, theme, state):
    size, keys = STATES[state]
    entry = demo_entry()
    assert entry.review.document.sentences
    app = ReviewerApp(Setup([entry], explain=False), theme=theme)
    assert snap_compare(app, terminal_size=size, press=keys)
