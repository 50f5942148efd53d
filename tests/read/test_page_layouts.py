"""Articles out of pages of several layouts: titles, captions, raised and lowered characters."""

from __future__ import annotations

import pytest

from despin.document import Document
from despin.read import ReadError
from despin.read.webpage import read_bytes

TITLE = "Ferry runs again"
FIRST = (
    "The old ferry crossed the bay on Monday, for the first time since the storm of last winter "
    "broke its engine and flooded its hold."
)
SECOND = (
    "Its captain said that nobody had believed it when the horn was heard over the town again, "
    "and the quay filled with people who had waited since the autumn."
)
CAPTION = "The ferry at its quay on Monday morning."
FIGURE = (
    f'<figure class="lead"><img src="a.jpg" alt="x"><figcaption>{CAPTION}</figcaption></figure>'
)
BODY = f"<p>{FIRST}</p>{FIGURE}<p>{SECOND}</p>"
CLEAN = f"# {TITLE}\n\n{FIRST}\n\n{CAPTION}\n\n{SECOND}\n"

WORDPRESS = f"""<header class="site-header"><h1 class="site-title">
<a href="/">The Bay Paper</a></h1>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav></header>
<main><article class="post hentry"><header class="entry-header">
<h1 class="entry-title">{TITLE}</h1>
<div class="entry-meta">Posted on <time>3 May 2021</time>
by <a href="/j">Jane Doe</a></div></header>
<div class="entry-content"><p>{FIRST}</p>
<div id="attachment_1" class="wp-caption"><img src="a.jpg">
<p class="wp-caption-text">{CAPTION}</p></div>
<p>{SECOND}</p></div><footer>Filed under <a href="/t">Transport</a></footer></article></main>
<aside><h2>Recent Posts</h2><ul><li><a href="/x">Harbour rebuilt</a></li></ul></aside>"""

NEWS = f"""<header><a href="/">Bay News</a><nav><a href="/s">Sport</a></nav></header>
<div class="page"><header class="story-header"><h1>{TITLE}</h1>
<p class="byline">By Jane Doe</p></header>
<div class="story-body">{BODY}</div></div><footer>Bay News</footer>"""

MEDIUM = f"""<div id="root"><div class="bar"><a href="/">Medium</a><button>Sign in</button></div>
<article><div><div><section><div><h1 class="pw-post-title">{TITLE}</h1>{BODY}</div></section></div>
</div></article><div><h2>More from Jane Doe</h2></div></div>"""

BARE = f"<h1>{TITLE}</h1>{BODY}"


def page(body: str, *, title: str = f"{TITLE} | The Bay Paper", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def read(html: str) -> Document:
    return read_bytes("page.html", html.encode())


def text_with(sentence: str) -> str:
    """The last paragraph of an article that ends with ``sentence``, in HTML."""
    return read(page(f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{sentence}</p></article>")).text


@pytest.mark.parametrize(
    "body", [WORDPRESS, NEWS, MEDIUM, BARE], ids=["wordpress", "news", "medium", "bare"]
)
def test_title_text_and_caption_come_out_in_order(body: str) -> None:
    assert read(page(body)).text == CLEAN


def test_a_page_in_latin_1_is_the_same() -> None:
    html = page(NEWS.replace("its hold", "its café")).replace("utf-8", "iso-8859-1")
    document = read_bytes("page.html", html.encode("iso-8859-1"))
    assert document.text == CLEAN.replace("its hold", "its café")


@pytest.mark.parametrize("body", ["", "<p></p>", "<script>var a = 1;</script>"])
def test_an_empty_page_is_an_error(body: str) -> None:
    with pytest.raises(ReadError, match=r"page\.html: no article text was found"):
        read(page(body))
    with pytest.raises(ReadError, match=r"page\.html: no article text was found"):
        read(body)


@pytest.mark.parametrize(
    "link", ["<li><a href='/{0}'>Section {0}</a></li>", "<a href='/{0}'>Section {0}</a> | "]
)
def test_a_page_that_is_only_a_menu_is_an_error(link: str) -> None:
    links = "".join(link.format(number) for number in range(12))
    with pytest.raises(ReadError, match=r"page\.html: no article text was found"):
        read(page(f"<header><h1>Bay News</h1></header><div>{links}</div>", title="Bay News"))


@pytest.mark.parametrize(
    ("banner", "head"),
    [
        ("<h1><a href='/'>The Bay Paper</a></h1>", ""),
        ("<a href='https://bay.example/'><h1>The Bay Paper</h1></a>", ""),
        ("<h1>The Bay Paper</h1>", '<meta property="og:site_name" content="The Bay Paper">'),
        ("<nav><h1>All the sections of the paper</h1></nav>", ""),
        ("<h1>The Bay Paper</h1>", ""),
    ],
)
def test_the_name_of_the_site_is_no_title(banner: str, head: str) -> None:
    text = read(page(f"<header>{banner}</header><div id='content'>{BODY}</div>", head=head)).text
    assert text == CLEAN.removeprefix(f"# {TITLE}\n\n")


@pytest.mark.parametrize("title", [f"Bay News: {TITLE}", f"Bay - {TITLE}", f"{TITLE}: Bay News"])
def test_the_name_of_the_site_may_stand_on_either_side_in_the_page_s_title(title: str) -> None:
    assert read(page(NEWS, title=title)).text == CLEAN


def test_a_page_of_several_articles_is_given_no_title() -> None:
    articles = (f"<article><h1>{n} ferries</h1><p>{FIRST}</p></article>" for n in ("Two", "Six"))
    text = read(page(f"<main>{''.join(articles)}</main>", title="The Bay Paper")).text
    assert text.count("#") <= text.count("ferries")


def test_captions_of_teasers_stay_out_and_credits_are_parted() -> None:
    teaser = f"<aside>{FIGURE.replace(CAPTION, 'Another story.')}</aside>"
    figure = FIGURE.replace(CAPTION, f"{CAPTION}<span>Photo: Jane Doe</span>")
    text = read(page(f"<article><p>{FIRST}</p>{figure}<p>{SECOND}</p></article>{teaser}")).text
    assert f"\n\n{CAPTION} Photo: Jane Doe\n\n" in text
    assert "Another story" not in text


TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
HEADING = f"<h1>{TITLE}</h1>"
WP_CAPTION = (
    f'<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">{CAPTION}</p></div>'
)
LED = f"# {TITLE}\n\n{CAPTION}\n\n{FIRST}\n\n{SECOND}\n"


@pytest.mark.parametrize(
    "body",
    [
        f"<main>{HEADING}<div class='hero'>{FIGURE}</div><article>{TEXT}</article></main>",
        f"<main>{FIGURE}{HEADING}<div class='article-body'>{TEXT}</div></main>",
        f"<div class='top'>{HEADING}{FIGURE}</div><div class='entry-content'>{TEXT}</div>",
        f"<article>{HEADING}<div>{FIGURE}</div><div class='entry-content'>{TEXT}</div></article>",
        f"<article>{HEADING}{WP_CAPTION}<div class='entry-content'>{TEXT}</div></article>",
        f"<article>{HEADING}{FIGURE}{TEXT}</article>",
    ],
)
def test_the_caption_of_a_lead_figure_is_the_first_paragraph_once(body: str) -> None:
    assert read(page(body)).text == LED


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='promo'>{FIGURE}</div>{HEADING}<article>{TEXT}</article>",
        f"<main>{HEADING}<div class='related-posts'>{FIGURE}</div><article>{TEXT}</article></main>",
        f"<main>{HEADING}<aside>{FIGURE}</aside><article>{TEXT}</article></main>",
        f"<main>{HEADING}<article>{TEXT}</article><section>{FIGURE}</section></main>",
        f"<main>{HEADING}<a href='/x'>{FIGURE}</a><article>{TEXT}</article></main>",
    ],
)
def test_captions_of_other_articles_do_not_lead(body: str) -> None:
    assert read(page(body)).text == LED.replace(f"{CAPTION}\n\n", "")


@pytest.mark.parametrize(
    "marked",
    [
        "autumn<sup>1</sup>, she said.",
        "autumn<sup>[1]</sup>, she said.",
        "autumn<sup><a href='#note'>[<i>b</i>]</a></sup>, she said.",
        "autumn<a href='#note'><sup>12</sup></a>, she said.",
        "autumn<sup class='reference'><span>[</span>1<span>]</span></sup>, she said.",
        "autumn<sup>[citation needed]</sup>, she said.",
        "autumn<sup>*</sup>, she said.",
        "autumn,<sup>1,2</sup> she said.",
        "autumn, she said.<sup>3</sup>",
    ],
)
def test_reference_marks_go_and_are_counted(marked: str) -> None:
    document = read(page(f"<article><p>{FIRST}</p><p>{SECOND}</p><p>It was {marked}</p></article>"))
    assert document.text.endswith("\n\nIt was autumn, she said.\n")
    assert "1 reference mark was left out" in document.notes


def test_a_paragraph_of_thousands_of_marks_is_read() -> None:
    """Any step that looked at all the text before each of them would take minutes."""
    marks = "word<sup>1</sup> " * 20_000
    document = read(page(f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{marks}</p></article>"))
    assert "20000 reference marks were left out" in document.notes


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("40 m<sup>2</sup> of deck", "40 m² of deck"),
        ("40 metres<sup>2</sup> of deck", "40 metres² of deck"),
        ("less CO<sub>2</sub> than", "less CO₂ than"),
        ("falls at 9.8 metres per second<sup>2</sup> here", "falls at 9.8 metres per second² here"),
        ("half of the radius<sup>2</sup> times pi", "half of the radius² times pi"),
        ("32 ft/sec<sup>2</sup> at most", "32 ft/sec² at most"),
        ("about 10<sup>-6</sup> grams", "about 10⁻⁶ grams"),
        ("its 19<sup>th</sup> season", "its 19th season"),
        ("the Widget<sup>TM</sup> shop", "the Widget™ shop"),
        ("dated, with <sup>14</sup>C, to", "dated, with ¹⁴C, to"),
        ("E=mc<sup>2</sup> and x<sub>max</sub>", "E=mc² and xmax"),
        ("3<sup>1</sup>/<sub>2</sub> inches", "3¹/₂ inches"),
        ("3<sup>1/2</sup> inches", "3¹⁄² inches"),
    ],
)
def test_raised_and_lowered_characters_stay_readable(marked: str, plain: str) -> None:
    assert text_with(f"It has {marked}.").endswith(f"\n\nIt has {plain}.\n")


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        (
            "The vote on <time>3 May</time> was close, they said here.",
            "The vote on 3 May was close,",
        ),
        ("They <q>never</q> knew.", "They “never” knew."),
        ("“[The mayor] left,” she wrote [sic].", "“[The mayor] left,” she wrote [sic]."),
        ("[caption id='a_1'] It sank.", "[caption id='a_1'] It sank."),
        ("A snake_case name, ~20 per cent, 3 &lt; 5.", "A snake_case name, ~20 per cent, 3 < 5."),
    ],
)
def test_nothing_is_lost_or_escaped_in_a_sentence(marked: str, plain: str) -> None:
    assert f"\n\n{plain}" in text_with(marked)


def test_escapes_that_markdown_needs_stay() -> None:
    assert r"see \[this\](that)" in text_with("Readers see [this](that) in it.")
