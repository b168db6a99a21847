"""Some fifty files and folders, most of which cannot become an episode; each with what is right.

Each case writes its input into a folder and returns its path. ``code`` is the right exit code, ``said`` a
part of the one line that tells a person what is wrong.
"""

from __future__ import annotations

import array
import math
import struct
import subprocess
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chaitime_audio.audio.ffmpeg import ffmpeg_path

RATE_HZ = 16_000
Make = Callable[[Path], Path]


@dataclass(frozen=True, slots=True)
class BadInput:
    """One input, the exit code that is right for it, and words that must be said."""

    name: str
    make: Make
    code: int
    said: str = ""


def tones(seconds: float, rate_hz: int = RATE_HZ, level: int = 8000) -> array.array[int]:
    """Samples of two seconds of tone and one of silence, in turn."""
    count, period = int(seconds * rate_hz), 3 * rate_hz
    on = 2 * rate_hz
    return array.array(
        "h", (round(level * math.sin(at * 0.08)) if at % period < on else 0 for at in range(count))
    )


def wav(
    path: Path, samples: array.array[int], rate_hz: int = RATE_HZ, channels: int = 1, width: int = 2
) -> Path:
    """Write a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate_hz, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def convert(source: Path, target: Path, *options: str) -> Path:
    """Make another kind of file of a WAV."""
    order = [ffmpeg_path(), "-nostdin", "-v", "error", "-y", "-i", str(source), *options, str(target)]
    subprocess.run(order, check=True, capture_output=True)
    return target


def _bytes(name: str, data: bytes) -> Make:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def _cut(name: str, share: float, *options: str) -> Make:
    """A good file of that kind, cut to a share of its bytes."""

    def make(folder: Path) -> Path:
        whole = convert(wav(folder / "whole.wav", tones(6)), folder / name, *options)
        (folder / "whole.wav").unlink()
        whole.write_bytes(whole.read_bytes()[: int(share * whole.stat().st_size)])
        return whole

    return make


def _renamed(kind: str, name: str) -> Make:
    """A good file of one kind under the name of another."""

    def make(folder: Path) -> Path:
        good = convert(wav(folder / "whole.wav", tones(6)), folder / f"good.{kind}")
        (folder / "whole.wav").unlink()
        return good.rename(folder / name)

    return make


def _wav(
    name: str, samples: Callable[[], array.array[int]], rate_hz: int = RATE_HZ, channels: int = 1
) -> Make:
    return lambda folder: wav(folder / name, samples(), rate_hz, channels)


def _header(
    name: str, data_bytes: int, riff: bytes = b"RIFF", tag: int = 1, bits: int = 16, rate: int = RATE_HZ
) -> Make:
    """A WAV whose header says what it likes; a second of silence follows."""
    align = max(1, bits // 8)
    head = b"RIFF" + struct.pack("<I", 36 + min(data_bytes, 2**32 - 37)) + b"WAVEfmt "
    head += struct.pack("<IHHIIHH", 16, tag, 1, rate, rate * align, align, bits)
    head += b"data" + struct.pack("<I", min(data_bytes, 2**32 - 1))
    return _bytes(name, head + bytes(2 * RATE_HZ))


def _folder(name: str, *files: tuple[str, bytes]) -> Make:
    def make(folder: Path) -> Path:
        top = folder / name
        for inside, data in files:
            (top / inside).parent.mkdir(parents=True, exist_ok=True)
            (top / inside).write_bytes(data)
        top.mkdir(exist_ok=True)
        return top

    return make


def _mute_video(folder: Path) -> Path:
    order = [ffmpeg_path(), "-nostdin", "-v", "error", "-f", "lavfi", "-i", "color=s=16x16:d=2:r=5"]
    subprocess.run([*order, str(folder / "camera.mp4")], check=True, capture_output=True)
    return folder / "camera.mp4"


def _dead_link(folder: Path) -> Path:
    (folder / "gone.wav").symlink_to(folder / "nowhere.wav")
    return folder / "gone.wav"


def _loop(folder: Path) -> Path:
    (folder / "round.wav").symlink_to(folder / "round.wav")
    return folder / "round.wav"


def _nan(folder: Path) -> Path:
    head = b"RIFF" + struct.pack("<I", 36 + 4 * 2 * RATE_HZ) + b"WAVEfmt "
    head += struct.pack("<IHHIIHH", 16, 3, 1, RATE_HZ, RATE_HZ * 4, 4, 32) + b"data"
    data = array.array("f", [math.nan, math.inf] * RATE_HZ)
    (folder / "nan.wav").write_bytes(head + struct.pack("<I", 4 * len(data)) + data.tobytes())
    return folder / "nan.wav"


def _brief(text: bytes) -> Make:
    def make(folder: Path) -> Path:
        top = folder / "episodes" / "one"
        (top / "source").mkdir(parents=True)
        wav(top / "source" / "talk.wav", tones(6))
        (top / "episode.toml").write_bytes(text)
        return top

    return make


_PLAYLIST = b"#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
_CONCAT = b"ffconcat version 1.0\nfile '/etc/passwd'\n"
_SDP = b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"
_DASH = b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>http://x/</BaseURL></MPD>'
_HTML = b"<!doctype html><title>Not found</title><p>404</p>" * 20

CASES = (
    BadInput("empty", _bytes("empty.wav", b""), 3, "empty.wav is empty"),
    BadInput("one byte", _bytes("byte.wav", b"R"), 3, "byte.wav"),
    BadInput("text called wav", _bytes("text.wav", b"This is no sound.\n" * 99), 3, "text.wav"),
    BadInput("page called mp3", _bytes("page.mp3", _HTML), 3, "page.mp3"),
    BadInput("page called m4a", _bytes("page.m4a", _HTML), 3, "page.m4a"),
    BadInput("JSON called flac", _bytes("error.flac", b'{"error": "quota"}' * 50), 3, "error.flac"),
    BadInput("zeros called wav", _bytes("zeros.wav", bytes(100_000)), 3, "zeros.wav"),
    BadInput("zeros called mp3", _bytes("zeros.mp3", bytes(100_000)), 3, "zeros.mp3"),
    BadInput("noise called ogg", _bytes("noise.ogg", bytes(range(256)) * 400), 3, "noise.ogg"),
    BadInput("zip called wav", _bytes("zip.wav", b"PK\x03\x04" + bytes(5000)), 3, "zip.wav"),
    BadInput("picture called mp3", _bytes("cover.mp3", b"\x89PNG\r\n\x1a\n" + bytes(5000)), 3, "cover.mp3"),
    BadInput("playlist", _bytes("list.m3u8", _PLAYLIST), 3, "list.m3u8"),
    BadInput("playlist called wav", _bytes("list.wav", _PLAYLIST), 3, "list.wav"),
    BadInput("playlist called mp4", _bytes("list.mp4", _PLAYLIST), 3, "list.mp4"),
    BadInput("concat script", _bytes("join.wav", _CONCAT), 3, "join.wav"),
    BadInput("sdp", _bytes("stream.mp3", _SDP), 3, "stream.mp3"),
    BadInput("dash", _bytes("stream.m4a", _DASH), 3, "stream.m4a"),
    BadInput("header only", _bytes("header.wav", b"RIFF\x24\0\0\0WAVEfmt "), 3, "header.wav"),
    BadInput("ID3 and nothing", _bytes("tag.mp3", b"ID3\x04\0\0\0\0\x0f\x76" + bytes(2038)), 3, "tag.mp3"),
    BadInput("Ogg page alone", _bytes("page.ogg", b"OggS\0\2" + bytes(60)), 3, "page.ogg"),
    BadInput("FLAC head alone", _bytes("head.flac", b"fLaC\0\0\0\x22" + bytes(34)), 3, "head.flac"),
    BadInput("MP4 head alone", _bytes("head.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42"), 3, "head.m4a"),
    BadInput("MP4 without moov", _cut("cut.m4a", 0.5), 3, "cut.m4a"),
    BadInput("matroska cut at 1 %", _cut("cut.mka", 0.01), 3, "cut.mka"),
    BadInput("MP3 cut at 1 %", _cut("cut.mp3", 0.01), 3, "cut.mp3"),
    BadInput("FLAC cut in half", _cut("half.flac", 0.5), 3, "half.flac"),
    BadInput("WAV cut in half", _cut("half.wav", 0.5), 3, "half.wav"),
    BadInput("Ogg cut at nine tenths", _cut("most.ogg", 0.9), 0),
    BadInput("AAC called mp3", _renamed("m4a", "phone.mp3"), 0),
    BadInput("MP3 called wav", _renamed("mp3", "export.wav"), 0),
    BadInput("Opus called mp3", _renamed("opus", "message.mp3"), 0),
    BadInput("a fifth of a second", _wav("blip.wav", lambda: tones(0.2)), 3, "shorter than a second"),
    BadInput("no sample", _wav("none.wav", lambda: array.array("h")), 3, "none.wav"),
    BadInput("silence", _wav("silence.wav", lambda: array.array("h", bytes(12 * RATE_HZ))), 3, "no speech"),
    BadInput("eight kilohertz", _wav("phone.wav", lambda: tones(6, 8000), 8000), 0),
    BadInput("odd rate", _wav("odd.wav", lambda: tones(6, 37_800), 37_800), 0),
    BadInput("four channels", _wav("four.wav", lambda: tones(24), RATE_HZ, 4), 0),
    BadInput("length of 4 GB claimed", _header("liar.wav", 2**32 - 1), 3, "no speech"),
    BadInput("no rate", _header("norate.wav", 2 * RATE_HZ, rate=0), 3, "norate.wav"),
    BadInput("no bits", _header("nobits.wav", 2 * RATE_HZ, bits=0), 3, "nobits.wav"),
    BadInput("unknown codec", _header("codec.wav", 2 * RATE_HZ, tag=0x7777), 3, "codec.wav"),
    BadInput("NaN and infinity", _nan, 3, "no speech"),
    BadInput("a video without sound", _mute_video, 3, "camera.mp4"),
    BadInput("a link to nothing", _dead_link, 2, "gone.wav"),
    BadInput("a link to itself", _loop, 2, "round.wav"),
    BadInput("a folder of pictures", _folder("holiday", ("a.jpg", b"\xff\xd8\xff")), 3, "holiday"),
    BadInput(
        "an episode without sound", _folder("new", ("episode.toml", b""), ("source/x.txt", b"")), 3, "new"
    ),
    BadInput("a brief that is no TOML", _brief(b"title = [\n"), 2, "episode.toml"),
    BadInput("a brief in another encoding", _brief(b'title = "caf\xe9"\n'), 2, "episode.toml"),
    BadInput("a brief of another type", _brief(b"title = 5\n"), 2, "title"),
)
