"""Clean text for the benchmarks: whole documents and passages of a split, source by source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from despin.document import Document
from despin.training.corpus import CorpusDocument, Split, documents, sources
from despin.training.evaluation import EvaluationText

GENRES = ("news", "press", "blog", "mag", "health", "sci", "speech", "mix")
LONGEST_TEXT = 1500
"""Words after which a document is cut at the end of a paragraph: speeches and essays are long, and
a genre shall not be three of them."""
SHORTEST_TEXT = 60


def interleaved(
    folder: Path, genre: str, evaluation: EvaluationText | None, split: Split = "held-out"
) -> Iterator[CorpusDocument]:
    """Documents of one genre and split, one from each of its sources in turn, as in the files."""
    names = [name for name in sources(folder) if name.partition("_")[0] == genre]
    streams = [documents(folder, [name], split=split, evaluation=evaluation) for name in names]
    while streams:
        for stream in list(streams):
            document = next(stream, None)
            if document is None:
                streams.remove(stream)
            else:
                yield document


def clean(
    folder: Path, genre: str, evaluation: EvaluationText | None, words: int
) -> Iterator[tuple[CorpusDocument, str]]:
    """Documents with their text as the benchmark reads it, ``words`` words or a little more."""
    read = 0
    for document in interleaved(folder, genre, evaluation):
        text = beginning(document.text)
        size = len(text.split())
        if size < SHORTEST_TEXT:
            continue
        if read >= words:
            return
        read += size
        yield document, text.replace("\n", "\n\n")


def beginning(text: str) -> str:
    """The first paragraphs, until `LONGEST_TEXT` words are reached."""
    kept, size = [], 0
    for paragraph in text.split("\n"):
        if size >= LONGEST_TEXT:
            break
        kept.append(paragraph)
        size += len(paragraph.split())
    return "\n".join(kept)


def passages(
    folder: Path, evaluation: EvaluationText | None, words: int = 150
) -> Iterator[tuple[CorpusDocument, str]]:
    """Passages of about ``words`` words, the genres in turn, no two from one document."""
    streams = [interleaved(folder, genre, evaluation) for genre in GENRES]
    while streams:
        for stream in list(streams):
            found = next(
                ((d, p) for d in stream if (p := passage(d.text, words)) is not None), None
            )
            if found is None:
                streams.remove(stream)
            else:
                yield found


def passage(text: str, words: int) -> str | None:
    """Sentences from the beginning until there are ``words`` words; ``None`` for a short text."""
    if len(text.split()) < words:
        return None
    document = Document("-", text)
    size = 0
    for sentence in document.sentences:
        size += len(sentence.of(text).split())
        if size >= words:
            cut = text[: sentence.end].replace("\n", "\n\n")
            return cut if size <= 2 * words else None
    return None


def news(folder: Path, articles: int) -> list[Document]:
    """Held-out news articles, for timing."""
    found: list[Document] = []
    for document in interleaved(folder, "news", None):
        if len(found) == articles:
            break
        if len(document.text.split()) >= SHORTEST_TEXT:
            found.append(Document(document.id, document.text.replace("\n", "\n\n")))
    return found
