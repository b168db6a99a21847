"""Bad input: one clear line, the right exit code, the source untouched, nothing left behind."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from .conftest import Show, write_tones


def refused(show: Show, *arguments: object, code: int, said: str) -> None:
    """Run and check the exit code and that stderr ends with one line saying so, without a traceback."""
    got, _, err = show.run("process", *arguments)
    assert got == code, err
    last = err.strip().splitlines()[-1]
    assert said in last
    assert "Traceback" not in err


def test_missing_file(show: Show) -> None:
    """A path that is not there is a usage error naming it."""
    refused(show, show.folder / "nowhere.wav", code=2, said="nowhere.wav")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.wav", b"", "empty.wav is empty"),
        ("text.wav", b"This is no sound at all.\n" * 40, "text.wav"),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:1,\nother.ts\n", "list.m3u8"),
        ("header.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", "header.wav"),
    ],
)
def test_what_is_not_sound(show: Show, name: str, content: bytes, said: str) -> None:
    """Empty, text, playlist and header-only files are refused by name, and no episode is begun."""
    path = show.folder / name
    path.write_bytes(content)
    refused(show, path, code=3, said=said)
    assert path.read_bytes() == content
    assert not (show.folder / "episodes").exists()


def test_too_short(show: Show) -> None:
    """A fifth of a second is refused."""
    import wave

    path = show.folder / "blip.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(b"\x00\x10" * 3200)
    refused(show, path, code=3, said="shorter than a second")


def test_folder_without_sound(show: Show) -> None:
    """A folder that is no episode is refused by name."""
    folder = show.folder / "holiday"
    folder.mkdir()
    refused(show, folder, code=3, said="holiday is not an episode")


def test_episode_without_recording(show: Show) -> None:
    """An episode folder whose source/ is empty says where the recording belongs."""
    folder = show.folder / "episodes" / "x"
    folder.mkdir(parents=True)
    (folder / "episode.toml").write_text('title = "x"\n')
    refused(show, folder, code=3, said="has no recording")


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES])
def test_unreadable_file(show: Show, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A fault at opening, as of a dying disk or a forbidden file, is told in one line for any user."""
    path = show.tones("locked.wav")
    before, real = path.read_bytes(), Path.open

    def faulty(self: Path, *args: object, **how: object) -> object:
        if self.name == "locked.wav":
            raise OSError(number, "fault")
        return real(self, *args, **how)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", faulty)
        refused(show, path, code=3, said="cannot read")
    assert path.read_bytes() == before


def test_unwritable_destination(show: Show) -> None:
    """A destination below a regular file cannot be made, whoever asks."""
    (show.folder / "file").write_text("")
    refused(show, show.tones(), "--out", show.folder / "file" / "episode", code=6, said="cannot write")


def test_misspelt_setting(show: Show) -> None:
    """A misspelt key in the configuration is named with the nearest one."""
    config = show.folder / "config" / "chaitime.toml"
    config.write_text('[show]\nnmae = "x"\n')
    refused(show, show.tones(), code=2, said="unknown setting “nmae”; did you mean “name”?")


def test_misspelt_brief(show: Show) -> None:
    """A misspelt key in episode.toml is named with the nearest one, and the file stays."""
    show.run("process", show.tones())
    brief = show.episode / "episode.toml"
    brief.write_text('titel = "x"\n')
    refused(show, show.episode, code=2, said="did you mean “title”?")
    assert brief.read_text() == 'titel = "x"\n'


@pytest.mark.parametrize(
    ("setting", "said"),
    [("asr", "there is no “whispr”; did you mean “whisper”?"), ("mastering", "there is no “whispr”")],
)
def test_unknown_engine(show: Show, setting: str, said: str) -> None:
    """An unknown engine is a usage error naming the setting."""
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace(f'{setting} = "standin"', f'{setting} = "whispr"'))
    refused(show, show.tones(), code=2, said=said)


def test_unknown_whisper_model(show: Show) -> None:
    """A misspelt Whisper model is a usage error with the nearest name."""
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace('asr = "standin"', 'asr = "whisper"'))
    refused(show, show.tones(), "--model", "smal", code=2, said="did you mean “small”?")


def test_absent_and_wrong_model(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """A known model that is not here, or is not what it should be, is exit 4 with the mending command."""
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace('asr = "standin"', 'asr = "whisper"'))
    models = show.folder / "models"
    monkeypatch.setenv("CHAITIME_MODELS", str(models))
    recording = show.tones()
    refused(show, recording, code=4, said="chaitime models pull whisper-base")
    models.mkdir(exist_ok=True)
    (models / "whisper-base.pt").write_bytes(b"not a model")
    refused(show, recording, code=4, said="wrong checksum")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--again", "transcribt"), "did you mean “transcript”?"),
        (("--speakers", "many"), "neither a number"),
        (("--config", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_bad_options(show: Show, arguments: tuple[str, ...], said: str) -> None:
    """An option that cannot be used is exit 2 and says what it could be."""
    refused(show, show.tones(), *arguments, code=2, said=said)


def test_several_files_that_do_not_tell(show: Show) -> None:
    """Files whose names do not say how they belong together are asked about."""
    refused(
        show, show.tones("a.wav"), show.tones("b.wav"), code=2, said="how do a.wav, b.wav belong together"
    )


def test_hostile_names_reach_no_option_and_no_shell(show: Show) -> None:
    """A recording called like an option or a command is just a file."""
    path = write_tones(show.folder / "-i $(touch pwned); x.wav")
    assert show.run("process", "--", path)[0] == 0
    assert not (show.folder / "pwned").exists()
