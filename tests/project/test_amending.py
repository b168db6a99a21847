"""What a program changes in a person's episode.toml: one line, and nothing around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chaitime_audio.errors import ConfigError
from chaitime_audio.project import episode_file
from chaitime_audio.project.episode_file import Overrides
from chaitime_audio.project.episode_folder import EpisodeFolder

WRITTEN = """\
# My own notes.

guid = "1"  # never change
published = 2026-01-31T08:00:00Z
# number = 12

# The people: full names, please.
[[people]]
name = "Maya Rao"  # she/her
role = "host"
bio = "Asks."

# Ask him about the spelling!
[[people]]
role = "guest"
name = "Tom Elery"
at = [
  "00:12",  # says hello
]

# Chapters as agreed on the phone.
[[chapters]]
at = "00:10"
"""


def changed(path: Path, change: Callable[[EpisodeFolder], object]) -> str:
    folder = EpisodeFolder(path)
    folder.brief.write_text(WRITTEN)
    change(folder)
    return folder.brief.read_text()


def test_a_title_stands_above_the_comment_of_the_people(tmp_path: Path) -> None:
    """A new key goes behind the other keys, not between the people and the comment about them."""
    text = changed(tmp_path, lambda folder: episode_file.amend(folder, Overrides(title="Four o'clock")))
    assert text == WRITTEN.replace("# number = 12\n", '# number = 12\ntitle = "Four o\'clock"\n')


def test_a_guest_replaces_a_guest_and_no_comment(tmp_path: Path) -> None:
    """The new guest takes the place of the old one; the comment before the next table stays there."""
    text = changed(
        tmp_path, lambda folder: episode_file.amend(folder, Overrides(guests=("Tom Ellery", "Ana")))
    )
    assert text == WRITTEN.replace("Elery", "Ellery").replace(
        'at = [\n  "00:12",  # says hello\n]\n', '# says hello\n\n[[people]]\nname = "Ana"\nrole = "guest"\n'
    )


def test_what_is_told_again_leaves_the_file_untouched(tmp_path: Path) -> None:
    """The same names in another order are no change."""
    told = Overrides(guests=("Tom Elery",), hosts=("Maya Rao",))
    assert changed(tmp_path, lambda folder: episode_file.amend(folder, told)) == WRITTEN


def test_a_file_that_is_no_brief_is_left_alone(tmp_path: Path) -> None:
    """An unknown key is named, and nothing is written."""
    folder = EpisodeFolder(tmp_path)
    folder.brief.write_text('tilte = "x"\n')
    with pytest.raises(ConfigError, match="did you mean “title”"):
        episode_file.amend(folder, Overrides(number=3))
    assert folder.brief.read_text() == 'tilte = "x"\n'


def test_half_a_character_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """A title typed on a terminal that is not UTF-8 is no unexpected error, and nothing is written."""
    folder = EpisodeFolder(tmp_path)
    with pytest.raises(ConfigError, match="UTF-8"):
        episode_file.create(folder, Overrides(title="\udcff"))
    assert not folder.brief.exists()
