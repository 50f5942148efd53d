"""What is put right in a web page's tree before trafilatura looks for the article.

It drops figures with their captions and dates marked as such, breaks a paragraph at an inline
quotation, and keeps ``<sup>`` as mark-up.
"""

from __future__ import annotations

from itertools import islice, pairwise

from despin.read.page_marks import Tree, settle_marks

_ASIDE = ("nav", "aside", "footer", "a", "dialog", "button")
"""What captions may not stand in: those of teasers and menus belong to other articles."""

_SENTENCE = 8
"""Words beside a date that make it a part of a sentence, not of a line of the page's own."""


def prepare(tree: Tree) -> tuple[int, set[Tree]]:
    """Make captions, quotations, dates and marks plain text.

    Returns:
        How many reference marks went, and the elements that are captions now.
    """
    references = settle_marks(tree)
    captions = {figure for figure in list(tree.iter("figure")) if _keep_caption(figure)}
    for quotation in list(tree.iter("q")):
        _quoted(quotation)
    for time in list(tree.iter("time")):
        parent = time.getparent()
        if parent is not None and len(parent.text_content().split()) > _SENTENCE:
            time.drop_tag()
    for caption in tree.find_class("wp-caption-text"):
        # Its class, and its parent's, say that they belong to an image; such are passed over.
        for element in (caption, *islice(caption.iterancestors(), 1)):
            for name in ("class", "id"):
                element.attrib.pop(name, None)
        if not _in_aside(caption):
            captions.add(caption)
    return references, captions


def _quoted(element: Tree) -> None:
    """Curly marks around an inline quotation, as browsers show it."""
    if element.getparent() is None:
        return
    element.text = f"“{element.text or ''}"
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}”"
    else:
        element.text += "”"
    element.drop_tag()


def _keep_caption(figure: Tree) -> bool:
    """Make a paragraph of a figure that has a caption, and leave other figures as they are."""
    if figure.find(".//figure") is not None:
        figure.tag = "div"
        return False
    captions = list(figure.iter("figcaption"))
    if not captions or _in_aside(figure) or figure.find(".//table") is not None:
        return False
    text = _joined(captions[0])
    for child in list(figure):
        figure.remove(child)
    figure.tag, figure.text = "p", text
    figure.attrib.clear()
    return bool(text)


def _in_aside(element: Tree) -> bool:
    return any(e.tag in _ASIDE for e in element.iterancestors())


def _joined(caption: Tree) -> str:
    """Its text; a credit in an element of its own is parted from the sentence before."""
    pieces = [piece for piece in caption.itertext() if piece.strip()]
    text = "".join(pieces[:1])
    for before, piece in pairwise(pieces):
        apart = before[-1] in '.!?)”"’' or piece[0].isupper() or piece[0] in "(©"
        text += f" {piece}" if apart else piece
    return " ".join(text.split())
