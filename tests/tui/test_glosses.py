import pytest

from despin.tui import glosses
from despin.tui.widgets.finding import FindingPanel


def test_what_is_no_word_has_no_meaning():
    assert glosses.gloss("") == ""
    assert glosses.gloss("”") == ""
    assert glosses.gloss("a\nb") == ""


@pytest.fixture
def installed(small_wordnet, monkeypatch):
    """A WordNet in the place that its own variable names."""
    monkeypatch.setenv("WNSEARCHDIR", str(small_wordnet))
    _forget()
    yield
    _forget()


def _forget():
    glosses.gloss.cache_clear()
    glosses._reader.cache_clear()


@pytest.mark.usefixtures("installed")
async def test_words_are_explained_where_wordnet_is_installed(opened, make):
    assert 0 < len(glosses.gloss("operation")) <= glosses.LONGEST
    async with opened(make("Sell the [surgery|operation]."), explain=True) as run:
        await run.app.workers.wait_for_complete()
        await run.pilot.pause()
        panel = run.screen.query_one(FindingPanel)
        text = "\n".join("".join(part.text for part in line) for line in panel.lines)
        assert "surgery  " in text
        assert "operation  " in text
