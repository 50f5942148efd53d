"""Finding LanguageTool, installing it from a folder or a ZIP file, and what is said without it."""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from despin.cli import cli
from despin.cli.doctor import command as doctor
from despin.cli.languagetool import command
from despin.grammar.doctor import doctor_facts, java_version
from despin.grammar.install import InstallError, install_from, installed
from despin.grammar.process import Java
from despin.grammar.server import SERVER_MISSING, default_mode, open_checker
from despin.options import Grammar, Options

pytest.importorskip("language_tool_python")


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "library"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LTP_JAR_DIR_PATH", raising=False)
    return tmp_path


def unpacked(folder: Path, core: str = "languagetool-core.jar") -> Path:
    """Something laid out like a LanguageTool."""
    (folder / "libs").mkdir(parents=True)
    (folder / "languagetool-server.jar").write_bytes(b"jar")
    (folder / "libs" / core).write_bytes(b"jar")
    return folder


def test_without_it_nothing_is_opened_and_one_sentence_says_so() -> None:
    assert installed() is None
    assert default_mode(Options()) is Grammar.OFF
    assert open_checker(Options()) == (None, SERVER_MISSING)
    assert open_checker(Options(grammar=Grammar.ALL)) == (None, SERVER_MISSING)


def test_switched_off_nothing_is_said() -> None:
    assert open_checker(Options(grammar=Grammar.OFF)) == (None, None)


def test_a_url_is_enough() -> None:
    assert default_mode(Options(languagetool_url="localhost:8081")) is Grammar.FINDINGS


@pytest.mark.parametrize("url", ["http://[bad", "ftp://localhost", "http://", "localhost:x"])
def test_what_is_no_url_is_named_and_ends_the_run(url: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry left at noon.")
    options = ["--scorer", "fast", "--languagetool-url", url]
    result = CliRunner().invoke(cli, ["check", str(tmp_path / "a.txt"), *options])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert f"languagetool-url: {url!r} is not" in result.stderr


def test_install_from_a_folder(tmp_path: Path) -> None:
    installation = install_from(unpacked(tmp_path / "LanguageTool-6.8"))
    assert installation.version == "6.8"
    assert installation.folder == tmp_path / "library" / "LanguageTool-6.8"
    assert installation == installed()


def test_install_from_a_folder_around_it_and_by_its_jars(tmp_path: Path) -> None:
    unpacked(tmp_path / "around" / "anything", "languagetool-core-6.7.jar")
    assert install_from(tmp_path / "around").version == "6.7"


def test_install_from_a_zip_replaces_what_was_there(tmp_path: Path) -> None:
    folder = unpacked(tmp_path / "zip" / "LanguageTool-6.8")
    archive = Path(shutil.make_archive(str(tmp_path / "lt"), "zip", tmp_path / "zip"))
    first = install_from(folder)
    (first.folder / "left over").touch()
    assert install_from(archive) == first
    assert not (first.folder / "left over").exists()
    assert [path.name for path in first.folder.parent.iterdir()] == ["LanguageTool-6.8"]


def test_an_install_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = unpacked(tmp_path / "LanguageTool-6.8")
    first = install_from(folder)
    (first.folder / "of the first").touch()
    rename = Path.rename

    def full(path: Path, target: Path) -> Path:
        if path.name == "copy":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(InstallError, match="No space left"):
        install_from(folder)
    assert installed() == first
    assert (first.folder / "of the first").exists()
    assert len(list(first.folder.parent.iterdir())) == 1


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "file" / "library"))
    with pytest.raises(InstallError, match="library"):
        install_from(unpacked(tmp_path / "LanguageTool-6.8"))


def test_a_zip_that_cannot_be_unpacked_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "lt.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("LanguageTool-6.8/languagetool-server.jar", b"jar" * 99)
    whole = archive.read_bytes()
    flags, data = whole.index(b"PK\1\2") + 8, whole.index(b"server.jar") + 10
    for place, what in ((flags, b"\1"), (data, b"\xff" * 4)):  # a password; no deflated data
        archive.write_bytes(whole[:place] + what + whole[place + len(what) :])
        with pytest.raises(InstallError, match=r"lt\.zip"):
            install_from(archive)


def test_the_newest_is_taken_and_another_name_is_not(tmp_path: Path) -> None:
    for name in ("LanguageTool-6.10", "LanguageTool-6.8", "LanguageTool-x"):
        unpacked(tmp_path / "library" / name)
    found = installed()
    assert found is not None
    assert found.version == "6.10"


def test_what_holds_no_server_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.zip").write_text("not a ZIP file")
    for source in (tmp_path / "empty", tmp_path / "no.zip", tmp_path / "absent"):
        with pytest.raises(InstallError):
            install_from(source)
    assert installed() is None


def test_the_command_installs_and_says_where(tmp_path: Path) -> None:
    folder = unpacked(tmp_path / "LanguageTool-6.8")
    result = CliRunner().invoke(command, ["install", "--from", str(folder)])
    assert result.exit_code == 0
    assert "LanguageTool 6.8 is installed in" in result.output
    assert str(tmp_path / "library") in result.output


def test_a_download_that_the_library_would_skip_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LTP_JAR_DIR_PATH", str(tmp_path))
    result = CliRunner().invoke(command, ["install"])
    assert isinstance(result.exception, InstallError)
    assert "LTP_JAR_DIR_PATH" in str(result.exception)


def test_doctor_says_what_is_missing_and_how_it_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    library, java, server = doctor_facts()
    assert (library.name, library.ok) == ("language-tool-python", True)
    assert (java.name, java.ok) == ("Java", False)
    assert (server.ok, server.remedy) == (False, "despin languagetool install")
    unpacked(tmp_path / "library" / "LanguageTool-6.8")
    assert doctor_facts()[2].detail.startswith("6.8 (")


@pytest.mark.parametrize(
    ("told", "major"),
    [('openjdk version "17.0.9" 2023', 17), ('java version "1.8.0_392"', 8), ("what?", None)],
)
def test_java_says_its_version(tmp_path: Path, told: str, major: int | None) -> None:
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\necho '{told}' >&2\n")
    java.chmod(0o755)
    assert java_version(str(java)) == major


def test_a_zip_without_a_server_is_called_by_its_name(tmp_path: Path) -> None:
    archive = tmp_path / "other.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme.txt", "Something else.")
    with pytest.raises(InstallError, match=r"^\S*other\.zip: no languagetool-server\.jar in it"):
        install_from(archive)


@pytest.fixture
def old_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", f"{java.parent}{os.pathsep}{os.environ['PATH']}")
    return java


def test_doctor_says_that_a_java_is_too_old(old_java: Path) -> None:
    fact = doctor_facts()[1]
    assert not fact.ok
    assert fact.fault == f"17 or newer ({old_java} is 11)"
    told = CliRunner().invoke(doctor)
    assert f"no       Java 17 or newer ({old_java} is 11), for --grammar; run: " in told.output


@pytest.mark.usefixtures("old_java")
def test_a_java_that_is_too_old_is_the_reason_why_there_is_no_server(tmp_path: Path) -> None:
    unpacked(tmp_path / "library" / "LanguageTool-6.8")
    java = Java(tmp_path)
    java.start()
    patience = time.monotonic() + 20
    while java.reason is None and time.monotonic() < patience:
        java.restarted_if_gone()
        time.sleep(0.05)
    assert java.reason == "LanguageTool needs Java 17 or newer, and this is 11"
