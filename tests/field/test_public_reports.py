"""Public reports about other tools, each as a small case of our own; docs/field.md names the threads."""

from __future__ import annotations

import errno
import fcntl
import tomllib
from pathlib import Path

import pytest

from chaitime_audio.domain.brief import Brief
from chaitime_audio.errors import ConfigError
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.project.languages import CODES, language_code
from chaitime_audio.project.settings import EngineSettings, Settings
from cli.conftest import Show, write_tones


def test_a_title_in_japanese_is_counted_in_bytes(show: Show) -> None:
    """A recording and a title of 80 letters that take 240 bytes: every file that is written has a name."""
    name = "前程錦繡・喜気洋洋" * 9
    path = write_tones(show.folder / f"{name[:80]}.wav", 4)
    code, _, err = show.run("process", path, "--title", name, "--number", "7", "-q")
    assert (code, err) == (0, "")
    assert all(len(item.name.encode()) < 200 for item in show.out.iterdir())
    assert show.run("process", path, "-q")[0] == 0
    assert len(list((show.folder / "episodes").iterdir())) == 1


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(
            ("pt-BR", "pt"),
            ("en_GB.UTF-8", "en"),
            ("zh-Hans-CN", "zh"),
            ("DE", "de"),
            ("English", "en"),
            ("", ""),
        ),
        *(("nb", "no"), ("fil", "tl"), ("haw", "haw"), ("yue-HK", "yue"), ("auto", ""), (" fr ", "fr")),
    ],
)
def test_a_region_behind_a_language_is_understood(show: Show, written: str, code: str) -> None:
    """What browsers and systems call a language reaches the recogniser as its own code."""
    assert language_code(written) == code
    assert Registry(Settings()).language(Brief(language=written)) == code
    assert show.run("process", show.tones(seconds=3), "--language", written, "-q")[0] == 0
    assert tomllib.loads((show.episode / "episode.toml").read_text()).get("language", "") == code


@pytest.mark.parametrize("written", ["klingon", "xx", "e n", "engl", "💥", "12"])
def test_a_language_nobody_speaks_is_refused_before_anything_slow(show: Show, written: str) -> None:
    """On the command line, in episode.toml and in the settings: one line, exit 2, nothing decoded."""
    path = show.tones(seconds=3)
    code, _, err = show.run("process", path, "--language", written, "-q")
    assert (code, "no language" in err) == (2, True)
    assert not (show.folder / "episodes").exists()
    home = show.folder / "episodes" / "x"
    write_tones(home / "source" / "talk.wav", 3)
    (home / "episode.toml").write_text(f'language = "{written}"\n', encoding="utf-8")
    code, _, err = show.run("process", home, "-q")
    assert (code, "no language" in err, "episode.toml" in err) == (2, True, True)
    assert not (home / "work").exists()


def test_an_english_model_is_not_asked_for_another_language() -> None:
    """base.en with German is refused with both named, not heard as English."""
    registry = Registry(Settings(engines=EngineSettings(model="base.en")))
    with pytest.raises(ConfigError, match=r"de-AT.*base\.en"):
        registry.language(Brief(language="de-AT"))
    assert registry.language(Brief(language="en-US")) == "en"


@pytest.mark.models
def test_the_table_of_languages_is_whispers() -> None:
    """Our table has just the codes that Whisper's tokenizer has."""
    from whisper.tokenizer import LANGUAGES

    assert frozenset(LANGUAGES) == CODES


def test_a_folder_into_which_files_are_still_synced_waits(show: Show) -> None:
    """While a program that syncs holds a piece under its own name, watch makes nothing and says it."""
    source = show.folder / "episodes" / "x" / "source"
    write_tones(source / "talk-1.wav", 3)
    piece = source / ".syncthing.talk-2.wav.tmp"
    piece.write_bytes(b"\x00" * 64)
    code, out, err = show.run("watch", "episodes", "--once")
    assert code == 5
    assert piece.name in out + err
    assert not (source.parent / "out").exists()
    piece.unlink()
    write_tones(source / "talk-2.wav", 5)
    assert show.run("watch", "episodes", "--once")[0] == 0


def test_files_that_are_not_taken_are_told_by_watch_and_status(show: Show) -> None:
    """A download under way beside recordings is named once, and not taken; when it is whole it is."""
    inbox = show.folder / "inbox"
    path = write_tones(inbox / "talk.wav.crdownload", 3)
    (inbox / "empty").write_bytes(b"")
    (inbox / "words").write_bytes(b"just a text\n")
    for command in (("watch", inbox, "--once"), ("status", inbox), ("batch", inbox, "--dry-run")):
        code, _, err = show.run(*command)
        assert code == 0
        assert err.count("talk.wav.crdownload") == 1
        assert "words" in err
    path.rename(inbox / "talk.wav")
    assert show.run("watch", inbox, "--once")[0] == 0
    assert (show.out / "transcript.txt").is_file()


def test_no_locks_available_is_no_end(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """On NFS without its lock service, batch makes its episodes as anywhere."""

    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    write_tones(show.folder / "inbox" / "talk.wav", 3)
    assert show.run("batch", "inbox", "-q")[0] == 0
    assert not list(Path(show.folder).rglob("*.held"))
