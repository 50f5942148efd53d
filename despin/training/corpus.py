r"""The training corpus: documents, their split, and a mix of genres.

A corpus is a folder of ``GENRE_NAME.txt.zst`` files, one document a line, in which the characters
``\n`` mark a paragraph break. Needs ``zstandard`` (the training extra).

The split is a function of the text alone, so it survives re-ordering and added files:

* whole sources in `HELD_OUT_SOURCES` are never trained on;
* of the rest `HELD_OUT_SHARE` per genre is held out by hash, 8 % where nothing else is said. Small
  genres give more, so that each has 60,000 held-out words. Health has one source; half of it is
  held out, so that the other half can teach what health text looks like;
* what remains goes to the calibrator and the counts at 22 to 70.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from heapq import heapify, heappop, heapreplace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from despin.training.evaluation import EvaluationText

Split = Literal["calibrator", "counts", "held-out"]

LEFT_OUT = frozenset({"mix_race"})
"""Never read: its terms allow no commercial use."""

HELD_OUT_SOURCES = frozenset({"news_bbc", "news_ap89", "blog_pgessays"})
HELD_OUT_SHARE = {"health": 0.5, "mix": 0.12, "sci": 0.27, "speech": 0.25}
DEFAULT_HELD_OUT_SHARE = 0.08
CALIBRATOR_SHARE = 22 / (22 + 70)
"""Share of the calibrator in what is not held out."""

NO_WORDS = "no document holds a word of the lexicon to learn from"
"""Said of a corpus that is in another language, say."""

_CHUNK = 1 << 18
"""Packed bytes read at once."""
_WINDOW = 1 << 31
"""Largest zstandard window accepted, bytes; the corpus is packed with ``--long=27``."""


class CorpusError(ValueError):
    """A folder holds no corpus that can be read; the message names it."""


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One document of the corpus."""

    source: str
    """File name without its endings: ``news_bbc``."""
    id: str
    """16 hexadecimal digits, a hash of the text in lower case with white space evened out."""
    text: str
    """Paragraphs, parted by one newline."""

    @property
    def genre(self) -> str:
        """The part of the source's name before the first underscore: ``news``."""
        return self.source.partition("_")[0]


def documents(
    folder: Path,
    names: Iterable[str] | None = None,
    *,
    split: Split | None = None,
    evaluation: EvaluationText | None = None,
) -> Iterator[CorpusDocument]:
    """Every document of the corpus, file by file in the order of their names.

    Args:
        folder: Where the ``.txt.zst`` files lie.
        names: Sources to read; all of them by default, except `LEFT_OUT`, which is never read.
        split: Read this split alone.
        evaluation: Text to be kept out: documents that overlap with it are dropped.

    Raises:
        CorpusError: A file is no packed text, or ``zstandard`` is not installed.
        FileNotFoundError: A named source is not in the folder.
    """
    for name in sources(folder) if names is None else sorted(set(names) - LEFT_OUT):
        for text in _lines(folder / f"{name}.txt.zst"):
            document = CorpusDocument(name, document_id(text), text)
            if split not in (None, split_of(document)):
                continue
            if evaluation is None or not evaluation.overlaps(text):
                yield document


def sources(folder: Path) -> list[str]:
    """Names of the sources in ``folder`` that may be read, sorted."""
    found = {path.name.removesuffix(".txt.zst") for path in folder.glob("*.txt.zst")}
    return sorted(found - LEFT_OUT)


def document_id(text: str) -> str:
    """16 hexadecimal digits for ``text``, the same for any case and any white space."""
    return blake2b(" ".join(text.lower().split()).encode(), digest_size=8).hexdigest()


def split_of(document: CorpusDocument) -> Split:
    """Which split ``document`` belongs to; see the module's text."""
    if document.source in HELD_OUT_SOURCES:
        return "held-out"
    point = int(document.id, 16) / 2**64
    held_out = HELD_OUT_SHARE.get(document.genre, DEFAULT_HELD_OUT_SHARE)
    if point < held_out:
        return "held-out"
    return "calibrator" if point < held_out + (1 - held_out) * CALIBRATOR_SHARE else "counts"


def held_out(
    folder: Path, genre: str | None = None, evaluation: EvaluationText | None = None
) -> Iterator[CorpusDocument]:
    """The held-out documents, of one genre where ``genre`` is given."""
    names = [name for name in sources(folder) if genre in (None, name.partition("_")[0])]
    return documents(folder, names, split="held-out", evaluation=evaluation)


def mixed(
    folder: Path,
    split: Split,
    *,
    words: int,
    seed: int = 0,
    evaluation: EvaluationText | None = None,
) -> Iterator[CorpusDocument]:
    """About ``words`` words of one split, genres mixed by the square root of their size.

    Within a genre its sources share by the square root of theirs, so no source floods the mix. A
    source that runs out is left behind; the others go on until the total is reached.

    Args:
        folder: Where the corpus lies.
        split: Which split to draw from.
        words: Stop once this many white-space words were given.
        seed: Decides which documents are drawn; the same seed draws the same ones.
        evaluation: Text to be kept out.
    """
    streams = _streams(folder, split, seed, evaluation)
    given = 0
    for document in _interleaved(streams, _weights(folder, 0.5)):
        given += _length(document)
        yield document
        if given >= words:
            return


def evenly(
    folder: Path, split: Split, *, seed: int = 0, evaluation: EvaluationText | None = None
) -> Iterator[CorpusDocument]:
    """One split with as many words of every genre, until all is given; else as `mixed`."""
    return _interleaved(_streams(folder, split, seed, evaluation), _weights(folder, 0.0))


def _interleaved(
    streams: Mapping[str, Iterator[CorpusDocument]], weights: Mapping[str, float]
) -> Iterator[CorpusDocument]:
    """Documents of all streams, words by weight; one that runs out is left behind."""
    queue = [(0.0, name) for name in sorted(weights)]
    heapify(queue)
    while queue:
        used, name = queue[0]
        document = next(streams[name], None)
        if document is None:
            heappop(queue)
            continue
        heapreplace(queue, (used + _length(document) / weights[name], name))
        yield document


def _length(document: CorpusDocument) -> int:
    """White-space words, roughly."""
    return document.text.count(" ") + 1


def _streams(
    folder: Path, split: Split, seed: int, evaluation: EvaluationText | None
) -> dict[str, Iterator[CorpusDocument]]:
    return {name: _shuffled(folder, name, split, seed, evaluation) for name in sources(folder)}


def _weights(folder: Path, power: float) -> dict[str, float]:
    """Source to its share of a mix: genres by a power of their size, packed bytes for words."""
    size = {name: (folder / f"{name}.txt.zst").stat().st_size for name in sources(folder)}
    genres: dict[str, list[str]] = {}
    for name in size:
        genres.setdefault(name.partition("_")[0], []).append(name)
    return {
        name: sum(size[n] for n in group) ** power
        * size[name] ** 0.5
        / sum(size[n] ** 0.5 for n in group)
        for group in genres.values()
        for name in group
    }


def _shuffled(
    folder: Path, name: str, split: Split, seed: int, evaluation: EvaluationText | None
) -> Iterator[CorpusDocument]:
    """The source's documents of one split in an order drawn by ``seed``."""
    chosen = list(documents(folder, [name], split=split, evaluation=evaluation))
    Random(f"{seed} {name}").shuffle(chosen)
    yield from chosen


def _lines(path: Path) -> Iterator[str]:
    try:
        from zstandard import ZstdDecompressor, ZstdError
    except ImportError as error:
        raise CorpusError(
            "reading a corpus needs zstandard: pip install 'despin[train]'"
        ) from error
    rest = b""
    try:
        with path.open("rb") as packed:
            for part in _unpacked(packed, ZstdDecompressor(max_window_size=_WINDOW)):
                *lines, rest = (rest + part).split(b"\n")
                yield from filter(None, map(_text, lines))
        yield from filter(None, [_text(rest)])
    except FileNotFoundError:
        raise
    except (OSError, ZstdError, UnicodeDecodeError, EOFError) as error:
        raise CorpusError(f"{path}: cannot be read ({error})") from error


def _text(line: bytes) -> str:
    return line.decode("utf-8").strip().replace("\\n", "\n")


def _unpacked(packed: BinaryIO, decompressor: Any) -> Iterator[bytes]:
    """The content of a packed file, whose frames follow each other.

    Raises:
        EOFError: the last one is cut off, which zstandard's own reader passes over.
    """
    frame: Any = None
    while chunk := packed.read(_CHUNK):
        while chunk:
            frame = frame or decompressor.decompressobj()
            yield frame.decompress(chunk)
            chunk, frame = (frame.unused_data, None) if frame.eof else (b"", frame)
    if frame is not None:
        raise EOFError("it ends too early")
