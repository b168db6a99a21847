"""Chapters as the human wants them: dropped, renamed, added; nothing is ignored without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.domain.brief import Brief, ChapterWish
from chaitime_audio.domain.episode import Chapter
from chaitime_audio.domain.sound import SourceMs
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.structure.chapter_overrides import apply_chapter_overrides
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.errors import ConfigError
from chaitime_audio.project.serialization import from_plain
from chaitime_audio.project.settings import read_toml

FOUND = (
    Chapter("Introduction", SourceMs(0)),
    Chapter("Slow failure", SourceMs(60_000)),
    Chapter("Good baselines", SourceMs(120_400)),
)


def ask(*wishes: ChapterWish, exchanges=()) -> tuple[list[tuple[int, str]], tuple[str, ...]]:
    result = apply_chapter_overrides(FOUND, wishes, exchanges, "en")
    return [(item.start_ms, item.title) for item in result.chapters], result.warnings


def brief_of(tmp_path: Path, text: str) -> Brief:
    path = tmp_path / "episode.toml"
    path.write_text(text, encoding="utf-8")
    return from_plain(Brief, read_toml(path), "episode.toml")


def test_without_wishes_nothing_changes() -> None:
    """Chapters that were found stay as they are."""
    assert apply_chapter_overrides(FOUND, (), (), "en").chapters == FOUND


def test_rename_takes_the_exact_start() -> None:
    """A printed time has whole seconds: the chapter within 3 s is meant, and keeps its start."""
    found, warnings = ask(ChapterWish(SourceMs(120_000), "Dull baselines"))
    assert found == [(0, "Introduction"), (60_000, "Slow failure"), (120_400, "Dull baselines")]
    assert warnings == ()


def test_the_first_can_be_renamed() -> None:
    """A wish at 0 names the opening."""
    assert ask(ChapterWish(SourceMs(0), "Hello"))[0][0] == (0, "Hello")


def test_added_chapter_moves_a_close_one_out_of_the_way() -> None:
    """A chapter of ours less than 30 s from a human's gives way; others stay."""
    found, _ = ask(ChapterWish(SourceMs(75_000), "What fails"))
    assert found == [(0, "Introduction"), (75_000, "What fails"), (120_400, "Good baselines")]


@pytest.mark.parametrize(
    "wish", [ChapterWish(SourceMs(61_000), drop=True), ChapterWish(title="slow FAILURE", drop=True)]
)
def test_drop(wish: ChapterWish) -> None:
    """A chapter goes by its time or by its title."""
    assert ask(wish)[0] == [(0, "Introduction"), (120_400, "Good baselines")]


def test_pinned_question_gives_the_title(say, cast_of) -> None:
    """A time alone pins the question there, and its own words are the heading, from its exact start."""
    spoken = say(("S1", "How do you test an optimizer?"), ("S2", "With a solver that never sleeps."))
    cast = cast_of(host={"S1": "Dana"}, guest={"S2": "Felix"})
    exchanges = pair(clean(spoken, "en"), cast, "en")
    result = apply_chapter_overrides((), (ChapterWish(SourceMs(2_000)),), exchanges, "en")
    assert [(c.start_ms, c.title) for c in result.chapters] == [(0, "How do you test an optimizer?")]


def test_what_cannot_be_done_is_said() -> None:
    """Dropping what is not there, or a time without question and title, is reported and changes nothing."""
    found, warnings = ask(ChapterWish(SourceMs(90_000), drop=True), ChapterWish(SourceMs(95_000)))
    assert [title for _, title in found] == [item.title for item in FOUND]
    assert "no chapter to drop at 01:30" in warnings[0]
    assert "no question at 01:35" in warnings[1]


def test_wishes_alone_make_chapters() -> None:
    """Where none were found, the human's are taken, with an opening at 0."""
    result = apply_chapter_overrides((), (ChapterWish(SourceMs(40_000), "Tea"),), (), "en")
    assert [(c.start_ms, c.title) for c in result.chapters] == [(0, "Introduction"), (40_000, "Tea")]


LINK, ART = "https://example.org/tea", "chapters/tea.jpg"


def test_link_and_picture_without_a_title() -> None:
    """They go to the chapter at that time, which keeps its title and its exact start; others have none."""
    result = apply_chapter_overrides(
        FOUND, (ChapterWish(SourceMs(120_000), url=LINK, picture=ART),), (), "en"
    )
    assert result.chapters == (*FOUND[:2], Chapter("Good baselines", SourceMs(120_400), LINK, ART))
    assert result.warnings == ()


def test_link_at_a_question_that_is_no_chapter(say, cast_of) -> None:
    """The question there becomes a chapter in its own words, with the link."""
    spoken = say(("S1", "How do you test an optimizer?"), ("S2", "With a solver that never sleeps."))
    exchanges = pair(clean(spoken, "en"), cast_of(host={"S1": "Dana"}, guest={"S2": "Felix"}), "en")
    result = apply_chapter_overrides((), (ChapterWish(SourceMs(2_000), url=LINK),), exchanges, "en")
    assert result.chapters == (
        Chapter("How do you test an optimizer?", SourceMs(0), LINK, short="How to test an optimizer"),
    )


def test_link_at_nothing_is_said() -> None:
    """Where there is neither chapter nor question, no chapter is made up, and that is told."""
    result = apply_chapter_overrides(FOUND, (ChapterWish(SourceMs(90_000), url=LINK),), (), "en")
    assert result.chapters == FOUND
    assert "01:30" in result.warnings[0]


def test_two_wishes_for_one_chapter_are_one() -> None:
    """A title here and a link there, in either order, come together."""
    title, link = ChapterWish(SourceMs(60_000), "Tea"), ChapterWish(SourceMs(60_500), url=LINK)
    for wishes in ((title, link), (link, title)):
        assert apply_chapter_overrides(FOUND, wishes, (), "en").chapters[1] == Chapter(
            "Tea", SourceMs(60_000), LINK
        )


def test_read_from_toml(tmp_path: Path) -> None:
    """``[[chapters]]`` in episode.toml: times as text in source time."""
    brief = brief_of(
        tmp_path, '[[chapters]]\nat = "02:15"\ntitle = "Tea"\n[[chapters]]\nat = "03:00"\ndrop = true\n'
    )
    assert brief.chapters == (
        ChapterWish(SourceMs(135_000), "Tea"),
        ChapterWish(SourceMs(180_000), drop=True),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "Tea"', "needs at"),
        ('at = "2 minutes"\ntitle = "Tea"', "is not a time"),
        ('at = 135\ntitle = "Tea"', "must be a time in quotes"),
        ('at = "02:15"\ntitel = "Tea"', "did you mean “title”"),
        ('at = "02:15"\ntitle = "Tea"\ndrop = true', "not both"),
        ('at = "02:15"\ntitle = "…"', "is no title"),
    ],
)
def test_errors_name_the_mistake(tmp_path: Path, text: str, said: str) -> None:
    """What cannot be meant is refused in one sentence that names the file and how to write it."""
    with pytest.raises(ConfigError, match=said) as problem:
        brief_of(tmp_path, f"[[chapters]]\n{text}\n")
    assert "episode.toml" in str(problem.value)
