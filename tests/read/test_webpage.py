"""Articles out of web pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from despin.read import ReadError, read
from despin.read.webpage import read_bytes

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Ferry</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Ferry runs again</h1>
<p>The <b>old ferry</b> crossed the bay on Monday, for the first time since the storm of last
winter broke its engine &amp; its café.</p>
<p>Its captain said that “nobody believed it” when the horn was heard over the town again.</p>
<ul><li>two crossings a day</li><li>three on Sundays</li></ul></article>
<footer>© The Bay Paper</footer></body></html>"""


def test_paragraphs_are_parted_and_emphasis_is_gone() -> None:
    document = read_bytes("ferry.html", PAGE.format(charset="utf-8").encode())
    assert "# Ferry runs again\n\n" in document.text
    assert "The old ferry crossed the bay" in document.text
    assert "café.\n\nIts captain said that “nobody believed it”" in document.text
    assert "Home" not in document.text
    assert document.text.endswith("\n")
    assert document.notes == ("the article's text was taken out of a web page",)


def test_emphasis_goes_whatever_its_attributes_hold() -> None:
    page = PAGE.replace("<b>", '<b class=\'wide\' title="old > new" data-by="it\'s">')
    document = read_bytes("ferry.html", page.format(charset="utf-8").encode())
    assert "The old ferry crossed the bay" in document.text


@pytest.mark.parametrize(
    ("charset", "codec", "named"),
    [
        ("iso-8859-1", "cp1252", "Windows-1252"),
        ("windows-1252", "cp1252", "windows-1252"),
        ("utf-8", "cp1252", "Windows-1252"),
        ("utf-16", "utf-16", "utf-16-le"),
    ],
)
def test_the_page_s_encoding_is_found_and_noted(charset: str, codec: str, named: str) -> None:
    document = read_bytes("ferry.html", PAGE.format(charset=charset).encode(codec))
    assert "café" in document.text
    assert "“nobody believed it”" in document.text
    assert f"the page is in {named}" in document.notes
    assert document.encoding == "utf-8"


def test_the_encoding_is_found_behind_a_long_script() -> None:
    page = PAGE.replace('<meta charset="{charset}">', "").replace("café", "Łódź").replace("“", '"')
    script = f"<script>{'var wide = 1; ' * 900}</script><meta charset=iso-8859-2>"
    page = page.replace("<title>", f"{script}<title>").replace("”", '"').replace("©", "")
    document = read_bytes("ferry.html", page.encode("iso-8859-2"))
    assert "its engine & its Łódź" in document.text


def test_bytes_that_latin_1_pages_do_not_have_refuse_no_page() -> None:
    page = (
        PAGE.format(charset="iso-8859-1").encode("cp1252").replace(b"its engine", b"its\x81 engine")
    )
    document = read_bytes("ferry.html", page)
    assert "café" in document.text
    assert "the page is in Windows-1252" in document.notes


def test_an_xml_declaration_names_the_encoding_too() -> None:
    page = PAGE.replace('<meta charset="{charset}">', "").replace("café", "Łódź").replace("“", '"')
    page = f'<?xml version="1.0" encoding="iso-8859-2"?>\n{page.replace("”", chr(34))}'
    document = read_bytes("ferry.xhtml", page.replace("©", "").encode("iso-8859-2"))
    assert "its engine & its Łódź" in document.text
    assert "the page is in iso-8859-2" in document.notes


@pytest.mark.parametrize("charset", ["utf-8", "unheard-of"])
def test_a_stray_byte_leaves_a_page_in_utf_8(charset: str) -> None:
    page = PAGE.format(charset=charset).encode().replace(b"its engine", b"its eng\xefne")
    document = read_bytes("ferry.html", page)
    assert "its eng\ufffdne & its café" in document.text
    assert "“nobody believed it”" in document.text
    assert "the page is in broken UTF-8" in document.notes


def test_a_page_without_an_article_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text("<html><body></body></html>")
    with pytest.raises(ReadError, match=r"a\.htm: no article text"):
        read(tmp_path / "a.htm")


def test_what_trafilatura_itself_lacks_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "trafilatura.py").write_text("raise ImportError('the cleaner\\nis not there')")
    monkeypatch.delitem(sys.modules, "trafilatura", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ReadError, match=r"trafilatura \(the cleaner is not there\); run: pip"):
        read_bytes("ferry.html", PAGE.format(charset="utf-8").encode())


def test_without_trafilatura_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ReadError, match=r'run: pip install "despin\[html\]"'):
        read_bytes("a.html", b"<p>x</p>")


def test_plain_text_is_read_without_the_libraries_of_web_pages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    code = (
        "import sys; from despin.read import sources;"
        "assert [s.read().text for s in sources([sys.argv[1]])] == ['x'];"
        "print(sorted({'trafilatura', 'lxml', 'pathspec'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
