"""Every parser of ours behind one door each: bytes in, and what it may raise."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from chaitime_audio.domain.timecode import parse_clock
from chaitime_audio.errors import ChaitimeError
from chaitime_audio.model_files.ctranslate2_layout import read_variables
from chaitime_audio.project.edited_text import read_edited
from chaitime_audio.project.episode_file import read_brief
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.glossary_file import read_glossary
from chaitime_audio.project.journal import read_journal, recover
from chaitime_audio.project.manifest import read_record
from chaitime_audio.project.reference_transcript import read_reference
from chaitime_audio.project.settings import load
from chaitime_audio.project.voice_store import enrolled_speakers

Parser = Callable[[Path, bytes], object]
NAMES = ("Maya Rao", "Tom Ellery")


def _file(name: str, read: Callable[[Path], object]) -> Parser:
    def parse(folder: Path, data: bytes) -> object:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return read(path)

    return parse


def _times(_: Path, data: bytes) -> object:
    try:
        return parse_clock(data.decode(errors="replace"))
    except ValueError:
        return None


def _journal(path: Path) -> object:
    (path.parent / ".journal.pending").write_bytes(path.read_bytes())
    recover(path.parent)
    return read_journal(path.parent)


PARSERS: Mapping[str, Parser] = {
    "times": _times,
    "episode.toml": _file("episode.toml", lambda path: read_brief(EpisodeFolder(path.parent))),
    "corrections.toml": _file("corrections.toml", lambda path: read_brief(EpisodeFolder(path.parent))),
    "chaitime.toml": _file("chaitime.toml", load),
    "glossary.toml": _file("glossary.toml", lambda path: read_glossary(path.parent)),
    "voices": _file("voices/a.toml", lambda path: enrolled_speakers(path.parent.parent)),
    "episode.json": _file("episode.json", lambda path: read_record(EpisodeFolder(path.parent))),
    "journal": _file("journal.jsonl", _journal),
    **{
        kind: _file(f"edited.{kind}", lambda path: read_edited(path, NAMES))
        for kind in ("vtt", "srt", "md", "txt", "json", "docx")
    },
    **{f"reference {kind}": _file(f"reference.{kind}", read_reference) for kind in ("vtt", "json", "md")},
}
"""Its name → the parser. Each may raise a ChaitimeError, whose message is one line; nothing else."""

WEIGHTS: Parser = _file("model.bin", read_variables)
"""Needs torch; the rest does not."""

SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "times": (b"1:02:03.5", b"00:15"),
    "episode.toml": (b'title = "x"\n[[people]]\nname = "Maya Rao"\nrole = "host"\nat = ["00:01.000"]\n',),
    "corrections.toml": (b'[[corrections]]\nid = "c1"\nfind = "a"\nreplace = "b"\nat = "00:01.000"\n',),
    "chaitime.toml": (b'[show]\nname = "x"\n[engines]\nmodel = "base"\n[audio]\ntarget_lufs = -16.0\n',),
    "glossary.toml": (
        b'[[terms]]\nspelling = "Chai"\nheard = ["chai", "shy"]\nlink = "https://e.example"\n',
    ),
    "voices": (b'name = "M"\n[[prints]]\nepisode = "a"\nmodel = "m"\nspeech_ms = 9\nvector = [0.6]\n',),
    "episode.json": (json.dumps({"schema": 1, "receipts": {}, "sources": []}).encode(),),
    "journal": (b'{"number":1,"at":"","author":"a","what":"change","said":"","patch":{},"ids":[],"of":0}\n',),
    "vtt": (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Maya Rao>Hello.\n",),
    "srt": (b"1\n00:00:01,000 --> 00:00:02,000\nMaya Rao: Hello.\n",),
    "md": (b"**Maya Rao:** Hello.\n\n**Tom Ellery:** Hi.\n",),
    "txt": (b"Maya Rao: Hello.\n\nTom Ellery: Hi.\n",),
    "json": (
        b'{"version":"1.0.0","segments":[{"speaker":"Maya Rao","startTime":1,"endTime":2,"body":"Hi."}]}',
        b'{"chaitime":"guest","wishes":[]}',
    ),
    "docx": (b"PK\x03\x04",),
    "reference vtt": (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Maya Rao>Hello.\n",),
    "reference json": (b'{"segments":[{"speaker":"Maya Rao","startTime":1,"endTime":2,"body":"Hi."}]}',),
    "reference md": (b"**Maya Rao:** Hello.\n",),
}


def refusal(parser: Parser, folder: Path, data: bytes) -> str:
    """What a parser says against the bytes; nothing when it takes them. Raises what it must not raise."""
    try:
        parser(folder, data)
    except ChaitimeError as refused:
        return str(refused)
    return ""
