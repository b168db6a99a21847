"""Corrections that a program adds: behind those that are there, comments kept, never over somebody else's."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from chaitime_audio.domain.correction import Correction, Term
from chaitime_audio.domain.sound import SourceMs
from chaitime_audio.errors import ChaitimeError, ConfigError, LockedError
from chaitime_audio.project import glossary_file
from chaitime_audio.project.episode_file import CORRECTIONS_NAME, read_brief, stamp
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.glossary_file import GLOSSARY_NAME, add_term, read_glossary
from chaitime_audio.project.kept_corrections import add

EVERY_KIND = (
    Correction(find="Alcova", replace="Okafor", at=SourceMs(61_250), author="import talk.vtt"),
    Correction(find='say "uh"', replace=""),
    Correction(border=SourceMs(10), to=SourceMs(3_600_001)),
    Correction(merge=(SourceMs(5), SourceMs(70_000))),
    Correction(drop=("00:10.000", "00:12.001")),
    Correction(break_at=SourceMs(0)),
)


def test_every_kind_reads_back_as_it_was_written(tmp_path: Path) -> None:
    """With an id of its own, behind what is there, and comments stay."""
    folder, path = EpisodeFolder(tmp_path), tmp_path / CORRECTIONS_NAME
    path.write_text('# mine\n[[corrections]]\nfind = "a"  # first\nreplace = "b"\n', encoding="utf-8")
    add(folder, EVERY_KIND, stamp(folder))
    kept = read_brief(folder).corrections
    assert kept[0] == Correction(find="a", replace="b")
    ids = [item.id for item in kept[1:]]
    assert all(ids)
    assert len(set(ids)) == len(EVERY_KIND)
    bare = [{name: getattr(item, name) for name in item.__slots__ if name != "id"} for item in kept[1:]]
    assert bare == [
        {name: getattr(item, name) for name in item.__slots__ if name != "id"} for item in EVERY_KIND
    ]
    assert path.read_text(encoding="utf-8").startswith('# mine\n[[corrections]]\nfind = "a"  # first\n')


def test_what_was_read_must_still_stand(tmp_path: Path) -> None:
    """Somebody wrote meanwhile: nothing is written, and it is said."""
    folder, path = EpisodeFolder(tmp_path), tmp_path / CORRECTIONS_NAME
    read = stamp(folder)
    path.write_text('[[corrections]]\nfind = "a"\nreplace = "b"\n', encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(LockedError, match="meanwhile"):
        add(folder, EVERY_KIND, read)
    assert path.read_bytes() == before


def test_of_four_writers_each_writes_whole_or_not_at_all(tmp_path: Path) -> None:
    """All read the same; one writes, three are refused; tried again by turns, all stand there."""
    folder, read = EpisodeFolder(tmp_path), stamp(EpisodeFolder(tmp_path))
    refused = list[str]()

    def write(name: str) -> None:
        item = (Correction(find=name, replace="x", author=name),)
        try:
            add(folder, item, read)
        except ChaitimeError:
            refused.append(name)

    writers = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert len(refused) == 3
    for name in tuple(refused):
        add(folder, (Correction(find=name, replace="x"),), stamp(folder))
    assert sorted(item.find for item in read_brief(folder).corrections) == list("abcd")


def test_the_glossary_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's term, written between reading and writing, stands; ours is refused."""
    theirs = '[[terms]]\nspelling = "Assam"\n'

    def meanwhile(*arguments: object) -> str:
        (tmp_path / GLOSSARY_NAME).write_text(theirs, encoding="utf-8")
        return appended(*arguments)  # type: ignore[arg-type]

    appended = glossary_file.append_table
    monkeypatch.setattr(glossary_file, "append_table", meanwhile)
    with pytest.raises(LockedError, match="meanwhile"):
        add_term(tmp_path, Term("Darjeeling"))
    assert (tmp_path / GLOSSARY_NAME).read_text(encoding="utf-8") == theirs


def test_a_term_that_would_stand_for_two_is_refused(tmp_path: Path) -> None:
    """The file stays as it is, to the byte, also with a byte order mark and Windows line ends."""
    path = tmp_path / GLOSSARY_NAME
    path.write_bytes(b'\xef\xbb\xbf# ours\r\n[[terms]]\r\nspelling="Assam" # strong\r\nheard=["a sam"]\r\n')
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="stands for"):
        add_term(tmp_path, Term("Darjeeling", heard=("A Sam",)))
    assert path.read_bytes() == before
    assert add_term(tmp_path, Term("assam", heard=("assem",), link="https://example.org/")) is not None
    (term,) = read_glossary(tmp_path)
    assert (term.spelling, term.heard) == ("assam", ("a sam", "assem"))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# ours\r\n[[terms]]\r\n")
    assert b"# strong" in path.read_bytes()
