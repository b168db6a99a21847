"""What a program adds to the glossary: comments kept, never over somebody else's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.domain.correction import Term
from chaitime_audio.errors import ConfigError, LockedError
from chaitime_audio.project import glossary_file
from chaitime_audio.project.glossary_file import GLOSSARY_NAME, add_term, read_glossary


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
