"""Files from elsewhere: what cannot be read is refused in one line, and nothing is dropped silently."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from chaitime_audio.domain.imported import EditedText, GuestWishes
from chaitime_audio.errors import ChaitimeError, InputRefusedError, UsageError
from chaitime_audio.project.edited_text import MOST_BYTES, read_edited

NAMES = frozenset({"maya rao", "tom ellery"})
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Maya Rao>Hello there.\n"


def zipped(name: str, data: bytes, times: int = 1) -> bytes:
    """A ZIP archive with a file so many times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(times):
            archive.writestr(f"{name}{number or ''}", data)
    return out.getvalue()


def document(*texts: str) -> bytes:
    """A Word document with these paragraphs."""
    import docx

    made, out = docx.Document(), io.BytesIO()
    for text in texts:
        made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def guest(**fields: object) -> bytes:
    """A guest's file."""
    return json.dumps({"format": "chaitime-guest", "version": 1, **fields}).encode()


REFUSED = {
    "empty": ("talk.vtt", b"", "is empty"),
    "blank": ("talk.txt", b"\n \n", "no lines"),
    "wrong encoding": ("talk.srt", "Müller: grün".encode("latin-1"), "save it as UTF-8"),
    "binary as text": ("talk.txt", b"ID3\x04\0\0\0\0\x01", "no text"),
    "no captions": ("talk.vtt", b"hello", "no captions"),
    "half JSON": ("talk.json", b'{"segments": [', "cannot be read as .json"),
    "deep JSON": ("talk.json", b"[" * 200_000, "cannot be read as .json"),
    "other JSON": ("talk.json", b"[1, 2]", "segments"),
    "endless time": ("talk.json", b'{"segments": [{"body": "a", "startTime": 1e999}]}', "cannot be read"),
    "no segments": ("talk.json", b'{"segments": []}', "no lines"),
    "text as docx": ("talk.docx", b"Maya Rao: hello", "no Word document"),
    "cut docx": ("talk.docx", document("Maya Rao: Hello.")[:-2000], "no Word document"),
    "other archive": ("talk.docx", zipped("a.txt", b"hello"), "no Word document"),
    "bomb": ("talk.docx", zipped("word/document.xml", bytes(70_000_000)), "unpack to 70 MB"),
    "many files": ("talk.docx", zipped("a", b"", 3_100), "3100 files"),
    "docx of nobody": ("talk.docx", document("Once upon a time."), "Name: text"),
    "too long": ("talk.txt", b"Maya Rao: hello\n" * (50_000_000 // 16), "at most 10"),
    "newer guest": ("tom.json", guest(version=2), "this program reads 1"),
    "other format": ("tom.json", b'{"format": "evil"}', "only chaitime-guest"),
    "guest without times": ("tom.json", guest(strikes=[{"text": "a"}]), "start_ms"),
    "guest backwards": ("tom.json", guest(strikes=[{"start_ms": 9, "end_ms": 3}]), "ends before it begins"),
    "guest's numbers": ("tom.json", guest(strikes=[{"start_ms": 1.5, "end_ms": True}]), "whole milliseconds"),
    "guest's lists": ("tom.json", guest(comments={"a": 1}), "is a list"),
    "guest's flood": ("tom.json", guest(strikes=[{}] * 2_001), "at most 2000"),
    "guest's book": (
        "tom.json",
        guest(comments=[{"start_ms": 1, "end_ms": 2, "text": "a" * 5_001}]),
        "at most 5000",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused(case: str, tmp_path: Path) -> None:
    """One line, with the file's name, what is wrong, and exit code 3."""
    name, data, why = REFUSED[case]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputRefusedError) as problem:
        read_edited(path, NAMES)
    assert why in str(problem.value)
    assert str(path) in str(problem.value)
    assert "\n" not in str(problem.value)
    assert len(str(problem.value)) < 500


@pytest.mark.parametrize("name", ["talk.pdf", "missing.vtt"])
def test_what_is_no_transcript_is_a_mistake_of_use(name: str, tmp_path: Path) -> None:
    """A file that is not there, or of a kind that nothing reads: exit code 2."""
    if name == "talk.pdf":
        (tmp_path / name).write_bytes(b"%PDF")
    with pytest.raises(UsageError) as problem:
        read_edited(tmp_path / name, NAMES)
    assert problem.value.exit_code == 2


def test_sizes_are_looked_at_before_anything_is_read(tmp_path: Path) -> None:
    """A file over the limit is never opened."""
    path = tmp_path / "talk.txt"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(ChaitimeError, match="10 MB"):
        read_edited(path, NAMES)


READ = {
    "byte order mark": ("talk.vtt", b"\xef\xbb\xbf" + VTT.encode(), [("Maya Rao", "Hello there.")]),
    "UTF-16": ("talk.vtt", VTT.encode("utf-16"), [("Maya Rao", "Hello there.")]),
    "mixed line ends": (
        "talk.txt",
        b"Maya Rao: Hello\r\nthere.\r\n\r\nTom Ellery: Hi.\r\rMaya Rao: Bye.\n",
        [("Maya Rao", "Hello there."), ("Tom Ellery", "Hi."), ("Maya Rao", "Bye.")],
    ),
    "right to left": (
        "talk.txt",
        "Maya Rao: \u202bשלום עולם\u202c\n\nTom Ellery: مرحبا.\n".encode(),
        [("Maya Rao", "שלום עולם"), ("Tom Ellery", "مرحبا.")],
    ),
    "what looks like a name": (
        "talk.srt",
        b"1\n00:00:01,000 --> 00:00:02,000\nMaya Rao: He said: go.\n\n"
        b"2\n00:00:03,000 --> 00:00:04,000\nand then: nothing.\n",
        [("Maya Rao", "He said: go."), ("Maya Rao", "and then: nothing.")],
    ),
    "a time beside the name": (
        "talk.docx",
        document("[00:12] Maya Rao: Hello.", "Tom Ellery (00:15): Hi.", "How are you?"),
        [("Maya Rao", "Hello."), ("Tom Ellery", "Hi."), ("Tom Ellery", "How are you?")],
    ),
    "a name of its own line": (
        "talk.txt",
        b"Maya Rao\n\nHello there.\n\nTom Ellery\n\nHi.\n",
        [("Maya Rao", "Hello there."), ("Tom Ellery", "Hi.")],
    ),
    "an entity as a name": (
        "talk.vtt",
        b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v &lt;script&gt;>Hello.\n",
        [("<script>", "Hello.")],
    ),
}


@pytest.mark.parametrize("case", READ)
def test_what_editors_do_to_a_file_is_read(case: str, tmp_path: Path) -> None:
    """Marks, encodings that say what they are, line ends, times and layouts of names."""
    name, data, said = READ[case]
    path = tmp_path / name
    path.write_bytes(data)
    found = read_edited(path, NAMES)
    assert isinstance(found, EditedText)
    assert [(one.name, one.text) for one in found.said] == said


@pytest.mark.parametrize("piece", ["[", "[a](", "**", "_a", "a: ", "- ", "\\", "\n ", "&amp;", "a\n\n"])
def test_no_text_takes_long_to_read(piece: str, tmp_path: Path) -> None:
    """Two million characters that patterns could stumble over are read, or refused, at once."""
    path = tmp_path / "talk.md"
    path.write_text(f"**Maya Rao:** {piece * (2_000_000 // len(piece))}", encoding="utf-8")
    with suppress(InputRefusedError):
        read_edited(path, NAMES)


def test_cues_beyond_the_end_and_unknown_fields_are_said(tmp_path: Path) -> None:
    """They are read by their words; what means nothing here is named."""
    late = tmp_path / "talk.vtt"
    late.write_text("WEBVTT\n\n99:00:01.000 --> 99:00:02.000\n<v Maya Rao>Hello.\n", encoding="utf-8")
    found = read_edited(late, NAMES, length_ms=60_000)
    assert isinstance(found, EditedText)
    assert "1 of 1 cues have times beyond the end" in found.left_out[0]
    path = tmp_path / "talk.json"
    path.write_text('{"segments": [{"body": "Hi.", "colour": 1}], "made by": "me"}', encoding="utf-8")
    found = read_edited(path, NAMES)
    assert found.left_out == ("fields that mean nothing here: colour, made by",)
    tom = tmp_path / "tom.json"
    row = {"start_ms": 1, "end_ms": 2, "text": "a", "__class__": "os.system"}
    tom.write_bytes(guest(strikes=[row], strike=1))
    wishes = read_edited(tom, NAMES)
    assert isinstance(wishes, GuestWishes)
    assert wishes.left_out == (
        "the field “strike” means nothing here; did you mean “strikes”?",
        "strikes 1: the field “__class__” means nothing here",
    )
