"""``diff``, ``rules``, ``explain``, ``model`` and ``doctor``."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tiny_masked import write_onnx

from despin.cli import cli
from despin.finding import Rule

from .conftest import PAGE, Invoke


def test_diff_of_equal_texts(despin: Invoke, folder: Path) -> None:
    (folder / "a").write_text("same\n")
    (folder / "b").write_text("same\n")
    result = despin("diff", "a", "b")
    assert (result.output, result.exit_code) == ("", 0)


def test_diff_of_texts_that_differ(despin: Invoke, folder: Path) -> None:
    (folder / "a").write_text("one word\n")
    result = despin("diff", "a", "-", stdin=b"one term\n")
    assert result.exit_code == 1
    assert "-one word\n+one term\n" in result.stdout


@pytest.mark.parametrize(("a", "b"), [(b"\r\n", b"\n"), (b"\n", b"\r\n")])
def test_diff_does_not_compare_line_ends(despin: Invoke, folder: Path, a: bytes, b: bytes) -> None:
    (folder / "a").write_bytes(b"one" + a + b"two" + a)
    (folder / "b").write_bytes(b"one" + b + b"two" + b)
    (folder / "c").write_bytes(b"one" + b + b"three" + b + b"more" + b)
    same = despin("diff", "a", "b")
    assert (same.stdout, same.exit_code) == ("", 0)
    assert same.stderr == (
        "despin: a and b differ in line ends (CRLF, LF), which are not compared\n"
    )
    differs = despin("diff", "a", "c")
    end = a.decode()
    assert differs.exit_code == 1
    assert f" one{end}-two{end}+three{end}+more{end}" in differs.stdout_bytes.decode()


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_text_that_grows_behind_its_last_line_keeps_its_line_ends(
    end: str, despin: Invoke, folder: Path
) -> None:
    (folder / "a").write_bytes(f"x{end}y".encode())
    (folder / "b").write_bytes(f"x{end}y{end}z{end}".encode())
    result = despin("diff", "a", "b")
    assert (result.stderr, result.exit_code) == ("", 1)
    assert result.stdout_bytes.decode().endswith(f"+y{end}+z{end}")


def test_of_web_pages_and_utf_16_no_patch_is_made(despin: Invoke, folder: Path) -> None:
    (folder / "p.html").write_text(PAGE)
    (folder / "q.html").write_text(PAGE.replace("harbour", "town"))
    (folder / "u").write_bytes("\ufeffone\n".encode("utf-16-le"))
    for first, why in (("p.html", "a web page"), ("u", "UTF-16 text")):
        result = despin("diff", first, "q.html")
        assert (result.stdout, result.exit_code) == ("", 2)
        assert result.stderr == f"despin: {first}: no patch can be made of {why}\n"
    assert despin("diff", "p.html", "p.html").exit_code == 0


@pytest.mark.parametrize("pair", [("a", "none"), ("none", "a"), ("-", "-")])
def test_diff_that_cannot_be_made(pair: tuple[str, str], despin: Invoke, folder: Path) -> None:
    (folder / "a").write_text("x")
    result = despin("diff", *pair, stdin=b"x")
    assert result.exit_code == 2
    assert result.stderr


def test_rules_are_listed(despin: Invoke) -> None:
    text = despin("rules").stdout
    assert "in the the harbour → in the harbour" in text
    rules = json.loads(despin("rules", "--format", "json").stdout)
    assert {rule["rule"] for rule in rules} == set(Rule)


def test_model_info_without_a_model(
    despin: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESPIN_DATA", str(folder / "data"))
    result = despin("model", "info")
    assert result.exit_code == 1
    assert "despin model install" in result.stderr


def test_a_model_that_is_none_is_refused(
    despin: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESPIN_DATA", str(folder / "data"))
    (folder / "model.gguf").write_bytes(b"this is no model")
    result = despin("model", "install", "--from", "model.gguf")
    assert result.exit_code == 2
    assert "model.gguf" in result.stderr
    assert "internal error" not in result.stderr


def test_an_installed_model_finds_the_encoder_ready(
    despin: Invoke, folder: Path, tiny_gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnx")
    monkeypatch.setenv("DESPIN_DATA", str(folder / "data"))
    result = despin("model", "install", "--from", str(tiny_gguf))
    assert result.exit_code == 0
    assert "widening the encoder" in result.stderr
    assert "ok       large encoder" in despin("doctor").stdout
    (made,) = (folder / "data" / "models").glob("encoder-*")
    assert {path.name for path in made.iterdir()} >= {"encoder.onnx", "vectors.npy"}
    again = despin("model", "install", "--from", str(tiny_gguf))
    assert again.exit_code == 0
    assert "widening" not in again.stderr


def test_doctor_names_a_remedy_for_what_is_missing(
    despin: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESPIN_DATA", str(folder / "data"))
    monkeypatch.setenv("PATH", str(folder))
    lines = despin("doctor").stdout.splitlines()
    missing = [line for line in lines if not line.startswith("ok ")]
    assert any("language model" in line for line in missing)
    assert any("large encoder" in line for line in missing)
    assert any("Java" in line for line in missing)
    assert all("; run: " in line for line in missing)


def test_explain_shows_candidates_with_their_scores(despin: Invoke) -> None:
    sentence = "The firm will sell its US surgeries to a rival next year."
    result = despin("explain", sentence, "--scorer", "fast")
    assert result.exit_code == 0
    assert "operations" in result.stdout
    places = json.loads(despin("explain", sentence, "--scorer", "fast", "--format=json").stdout)
    assert "surgeries" in [place["words"] for place in places]


def test_explain_has_no_options_that_it_would_not_follow(despin: Invoke) -> None:
    result = despin("explain", "A word.", "--select", "synonym")
    assert result.exit_code == 2
    assert "--select" in result.stderr


def test_explain_of_nothing(despin: Invoke) -> None:
    result = despin("explain", "", "--scorer", "fast")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("command", ["check", "fix", "diff", "review", "lexicon learn"])
def test_a_shell_is_told_to_complete_files(
    command: str, despin: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = f"despin {command} a"
    monkeypatch.setenv("_DESPIN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    completed = CliRunner().invoke(cli, [], prog_name="despin")
    assert completed.stdout == "file,a\n"


def test_an_unknown_command_is_named(despin: Invoke) -> None:
    result = despin("chekc")
    assert result.exit_code == 2
    assert "chekc" in result.stderr


@pytest.mark.parametrize("name", ["hf:", "hf:./nowhere", "hf:a/b/c"])
def test_a_masked_model_that_is_not_there_is_one_line(
    despin: Invoke, folder: Path, name: str
) -> None:
    (folder / "plain.txt").write_text("They met in the harbour.\n")
    result = despin("check", "plain.txt", "--grammar", "off", "--scorer", name)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert name in result.stderr


def test_a_masked_model_judges_a_file(despin: Invoke, folder: Path) -> None:
    model = write_onnx(folder / "masked")
    (folder / "plain.txt").write_text("The firm sent its big invoices, they mentioned.\n")
    result = despin(
        "check", "plain.txt", "--grammar", "off", "--scorer", f"hf:{model}", "--format", "json"
    )
    review = json.loads(result.stdout)
    assert (review["scorer"], review["model"]) == ("hf", str(model))


@pytest.mark.skipif(
    all(importlib.util.find_spec(part) for part in ("torch", "transformers")),
    reason="torch is there",
)
def test_teaching_an_encoder_without_torch_names_the_extra(despin: Invoke, folder: Path) -> None:
    result = despin("train", "--corpus", ".", "--out", "out", "--encoder", ".")
    assert result.exit_code == 2
    assert "pip install 'despin[encoder]'" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_encoder_to_go_on_from_needs_its_base(despin: Invoke) -> None:
    result = despin("train", "--corpus", ".", "--out", "out", "--encoder-from", ".")
    assert result.exit_code == 2
    assert "--encoder-from needs --encoder" in result.stderr


def test_layers_of_an_encoder_need_its_base(despin: Invoke) -> None:
    result = despin("train", "--corpus", ".", "--out", "out", "--encoder-layers", "8")
    assert result.exit_code == 2
    assert "--encoder-layers needs --encoder" in result.stderr


def test_a_large_encoder_needs_its_base(despin: Invoke) -> None:
    result = despin("train", "--corpus", ".", "--out", "out", "--large-encoder")
    assert result.exit_code == 2
    assert "--large-encoder needs --encoder" in result.stderr


def test_texts_for_an_encoder_need_one_to_teach(despin: Invoke, tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text('{"spun": "a", "original": "b"}\n', "utf-8")
    given = str(tmp_path / "real.jsonl")
    result = despin("train", "--corpus", ".", "--out", "out", "--encoder-real", given)
    assert result.exit_code == 2
    assert "--encoder-real needs --encoder" in result.stderr


def test_lexicon_phrases_prints_the_table(despin: Invoke, folder: Path) -> None:
    columns = "tortured expected expected_core paper_hits_2025 needs_context context_query"
    header = "\t".join([*columns.split(), "proximity_only"])
    row = "\t".join(["bosom", "breast", "breast", "9", "1", '"breast"', "0"])
    (folder / "list.tsv").write_text(f"{header}\n{row}\n", "utf-8")
    result = despin("lexicon", "phrases", "--tortured", "list.tsv")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].split("\t")[:2] == ["bosom", "breast"]


def test_no_number_is_no_confidence(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_text("A word.")
    for command in ("check", "fix"):
        result = despin(command, "a.txt", "--min-confidence", "nan", "--grammar", "off")
        assert (result.exit_code, "nan is no confidence" in result.stderr) == (2, True)
