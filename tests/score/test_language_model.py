"""The language-model scorer: its evidence is what a plain reading says, in any company."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from despin.document import Document
from despin.edit import apply
from despin.options import Grammar
from despin.propose.substitutions import Substitutions, slots
from despin.score import reading
from despin.score.collocations import Collocations
from despin.score.columns import BOTH_COLUMNS, LEFT_COLUMNS
from despin.score.engine import LONGEST
from despin.score.form_facts import FormPieces
from despin.score.judge import Judge
from despin.score.language_model import Judges
from despin.score.places import places
from despin.score.reading import WindowReader, windows
from despin.score.second_look import Gate
from despin.span import Span

if TYPE_CHECKING:
    from despin.score.engine import Engine
    from despin.score.language_model import Evidence, LanguageModelScorer

TEXT = (
    "The firm sent its big invoices. It utilized the cash.\n\n"
    "Big profits came; they said the place was joyful.\n"
) * 3


def open_judge(columns: tuple[str, ...]) -> Judge:
    """Lets everything through and prefers what the model prefers."""
    size = len(columns)
    hidden = np.zeros((1, size + 1, 1), np.float32)
    hidden[0, columns.index("left_gain"), 0] = 1.0
    bias = np.zeros(size + 1, np.float32)
    bias[-1] = -5.0
    out = np.array([[1.0, -1.0]], np.float32)
    return Judge(
        columns, np.zeros(size, np.float32), np.ones(size, np.float32), hidden, out, bias, 0.1
    )


def scorer(engine: Engine, seen: list[Evidence]) -> LanguageModelScorer:
    from despin.score.encoder import Encoder
    from despin.score.language_model import LanguageModelScorer, Readers
    from despin.score.near import NearReader

    judges = Judges(
        open_judge(LEFT_COLUMNS), open_judge(BOTH_COLUMNS), Gate(least=0.0, share=0.5, candidates=3)
    )
    return LanguageModelScorer(
        Readers(engine, NearReader(Collocations.load(), Encoder()), Encoder()),
        judges,
        model="tiny",
        observer=lambda _, evidence: seen.append(evidence),
    )


def test_left_evidence_is_the_plain_log_probability(
    tiny_engines: dict[int, Engine], table: Substitutions
) -> None:
    engine, document = tiny_engines[256], Document("-", TEXT)
    found, encoded = slots(table, document), engine.pieces.encode(TEXT)
    where = places(encoded, found, TEXT)
    reader = WindowReader(
        engine, encoded, found, where, FormPieces(found.forms, engine.pieces), TEXT
    )
    (window,) = windows(engine, encoded, where)
    index = next(i for i in range(len(found)) if found.span(i).of(TEXT) == "invoices")
    at = int(np.flatnonzero(window.slots == index)[0])
    rows = np.array(found.candidates(index)[:3], np.int32)
    owner = np.full(len(rows), at, np.int32)
    left = reader.left(window, rows, owner)
    before = encoded.ids[: where.first[index]]
    written = encoded.ids[where.first[index] : where.behind[index]]
    assert np.isclose(left.written[at], plain(engine, before, written), atol=1e-3)
    wording, after, _ = reader.both(window, rows, np.full(len(rows), index, np.int32))
    right = encoded.ids[where.behind[index] :][: reading.BRANCH_RIGHT]
    as_written = np.append(before, written)
    assert np.isclose(left.close[at], plain(engine, as_written, right), atol=1e-3)
    for row, own, following in zip(rows, wording, after, strict=True):
        form = " " * bool(where.space[index]) + found.forms[int(found.form[row])]
        (ids,) = engine.pieces.encode_ids([form])
        assert np.isclose(own, plain(engine, before, ids), atol=1e-3)
        assert np.isclose(following, plain(engine, np.append(before, ids), right), atol=1e-3)


def plain(engine: Engine, before: np.ndarray, after: np.ndarray) -> float:
    """Log-probability of ``after`` behind ``before``, read from left to right."""
    head = np.append(engine.first, before)
    state = engine.read(np.concatenate([head, after]).astype(np.int32))
    seen = np.arange(len(head), len(head) + len(after))
    return float(engine.next_log_probs(state, seen, after).sum())


def test_a_document_scores_the_same_alone_and_among_others(
    tiny_engines: dict[int, Engine], table: Substitutions
) -> None:
    seen: list[Evidence] = []
    one = scorer(tiny_engines[256], seen)
    document, other = Document("a", TEXT), Document("b", "Another shop mentioned its huge bill.")
    alone = one.score(document, slots(table, document))
    one.score(other, slots(table, other))
    again = one.score(document, slots(table, document))
    fresh = scorer(tiny_engines[256], seen).score(document, slots(table, document))
    for scores in (again, fresh):
        assert np.array_equal(alone.spun, scores.spun)
        assert np.array_equal(alone.candidate, scores.candidate)


@pytest.fixture
def short_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WINDOW", 220)
    monkeypatch.setattr(reading, "CONTEXT", 60)
    monkeypatch.setattr(reading, "MARGIN", 30)


@pytest.mark.usefixtures("short_windows")
def test_a_long_document_is_judged_once_everywhere(
    tiny_engines: dict[int, Engine], table: Substitutions
) -> None:
    engine, document = tiny_engines[256], Document("-", TEXT * 4)
    found = slots(table, document)
    encoded = engine.pieces.encode(document.text)
    where = places(encoded, found, document.text)
    judged: list[int] = []
    for window in windows(engine, encoded, where):
        assert len(window.state.ids) <= 220 + 1
        first = where.first[window.slots] - window.offset
        assert window.offset == 0 or first.min() >= 60
        judged += window.slots.tolist()
    assert sorted(judged) == np.flatnonzero(where.first >= 0).tolist()
    assert len(set(judged)) == len(judged)


def test_the_gate_bounds_what_is_looked_at(
    tiny_engines: dict[int, Engine], table: Substitutions
) -> None:
    seen: list[Evidence] = []
    document = Document("-", TEXT)
    found = slots(table, document)
    scores = scorer(tiny_engines[256], seen).score(document, found)
    (evidence,) = seen
    per_slot = np.bincount(evidence.slot[evidence.chosen], minlength=len(found))
    assert per_slot.max() <= 3
    assert 0 < (per_slot > 0).sum() <= 0.5 * len(found) + 1
    assert np.isnan(scores.odds[(per_slot == 0)[evidence.slot]]).all()
    assert ((scores.spun >= 0) & (scores.spun <= 1)).all()


@pytest.mark.usefixtures("short_windows")
def test_what_passed_the_gate_is_seen_in_the_order_of_the_candidates(
    tiny_engines: dict[int, Engine], table: Substitutions
) -> None:
    seen: list[Evidence] = []
    document = Document("-", TEXT * 4)
    scorer(tiny_engines[256], seen).score(document, slots(table, document))
    (evidence,) = seen
    chosen = np.flatnonzero(evidence.chosen)
    assert len(evidence.both) == len(chosen)
    assert np.array_equal(
        evidence.both[:, : len(LEFT_COLUMNS)], evidence.left[chosen][:, : len(LEFT_COLUMNS)]
    )


def test_no_slots_are_no_trouble(tiny_engines: dict[int, Engine], table: Substitutions) -> None:
    document = Document("-", "100, 200, 300")
    scores = scorer(tiny_engines[256], []).score(document, slots(table, document))
    assert len(scores.spun) == 0
    assert scores.share == 0.0


@pytest.mark.model
def test_the_real_model_sees_what_a_reader_sees() -> None:
    from despin import Despinner, Options

    text = (Path(__file__).parents[2] / "examples" / "harbour-bridge.txt").read_text("utf-8")
    review = Despinner(replace(Options(), scorer="lm", grammar=None)).check(text)
    proposed = {
        f.span.of(text): f.best.edit.after for f in review.findings if f.best and f.confidence > 0.5
    }
    assert proposed["mentioned"] == "said"
    assert proposed["informed"] == "told"
    assert proposed["anticipated"] == "expected"
    assert review.spun_share is not None
    assert 0.03 < review.spun_share < 0.25


@pytest.mark.model
def test_the_noun_of_a_possessive_is_given_back() -> None:
    from despin import Despinner, Options

    text = (
        "The planet’s biggest carmaker mentioned on Monday that it would shut two vegetation. "
        "Its chief government referred to as it a tough day for the nation’s personnel."
    )
    review = Despinner(Options(scorer="lm", grammar=Grammar.OFF)).check(text)
    edits = {f.span.of(text): f.best.edit for f in review.findings if f.best and f.confidence > 0.6}
    assert "for the country’s personnel" in apply(text, [edits["nation"]])


def test_compare_is_the_difference_of_two_plain_readings(
    tiny_engines: dict[int, Engine],
) -> None:
    engine, text = tiny_engines[256], "No other shops offers it today."
    start = text.index("offers")
    (gain,) = reading.compare(engine, text, Span(start, start + 6), ["offer"])
    encoded = engine.pieces.encode(text)
    behind = int(np.searchsorted(encoded.starts, start + 6))
    first = int(np.searchsorted(encoded.ends, start, side="right"))
    space = text[encoded.starts[first] : start]
    right = encoded.ids[behind : behind + reading.RIGHT]
    readings = [
        plain(engine, encoded.ids[:first], np.append(engine.pieces.encode(space + word).ids, right))
        for word in ("offers", "offer")
    ]
    assert np.isclose(gain, readings[1] - readings[0], atol=1e-3)


@pytest.mark.parametrize("before", ["大家都知道这件事。", "😀 "])
def test_compare_reads_no_more_pieces_than_the_model_takes(
    tiny_engines: dict[int, Engine], before: str
) -> None:
    """A code point is up to four pieces; what stands nearest is what is read."""
    engine, tail = tiny_engines[256], " No other shops offers it today."
    text = before * 600 + tail
    start = text.index("offers")
    encoded = engine.pieces.encode(text[:start])
    assert len(encoded.ids) > LONGEST
    (gain,) = reading.compare(engine, text, Span(start, start + 6), ["offer"])
    right = engine.pieces.encode(" it today.").ids[: reading.RIGHT]
    left = encoded.ids[1 - LONGEST :]
    written, better = (
        branch_of(engine, left, np.append(engine.pieces.encode(word).ids, right))
        for word in ("offers", "offer")
    )
    assert np.isclose(gain, better - written, atol=1e-3)


def branch_of(engine: Engine, before: np.ndarray, after: np.ndarray) -> float:
    """`plain`, where ``before`` leaves no room for more pieces."""
    state = engine.read(np.append(engine.first, before).astype(np.int32))
    (found,) = engine.branches(state, [len(state.ids)], [after.astype(np.int32)])
    return float(found.sum())


@pytest.mark.model
def test_the_real_model_prefers_grammar() -> None:
    from despin.score.loading import engine

    text = "They said that no other shops offers the same service in this town."
    start = text.index("offers")
    better, worse = reading.compare(engine(), text, Span(start, start + 6), ["offer", "offering"])
    assert better > 1 > worse
