"""The guard: whatever a language model invents is refused, line by line."""

from __future__ import annotations

import pytest

from chaitime_audio.domain.episode import Chapter, Notes, Quote
from chaitime_audio.domain.people import Link
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.domain.wording import Draft, Wording
from chaitime_audio.editorial.notes.guard import guard_of
from chaitime_audio.editorial.notes.rewording import apply_rewording

TALK = """Maya Rao: How do you choose a model, Tom?
Tom Ellery: Start with the dullest baseline you can think of. We serve about 1,200 models in Denver.
Tom Ellery: A paper by Ingrid Solberg changed how we work. It came out in 2019 and it’s five pages long.
Tom Ellery: If the new one can’t win by at least 5%, it doesn’t ship. Don’t trust a chart you didn’t make."""
DRAFT = Draft(
    language="en",
    text=TALK,
    guests=("Tom Ellery",),
    hosts=("Maya Rao",),
    show="Tea Time",
    summary="Tom Ellery talks with Maya Rao about models and baselines in Denver.",
    claims=("Start with the dullest baseline you can think of.", "It doesn’t ship without a win of 5%."),
    titles=("Tom Ellery: models",),
    chapters=("Choose a model", "A paper that changed how we work"),
)
QUOTE = Quote("Start with the dullest baseline you can think of.", "S2", (1, 2), span(0, 2000))
NOTES = Notes(
    summary=DRAFT.summary,
    claims=DRAFT.claims,
    quotes=(QUOTE,),
    links=(Link("Baselines", "https://example.org"),),
    titles=DRAFT.titles,
)
CHAPTERS = (
    Chapter("Introduction", SourceMs(0)),
    Chapter("Choose a model", SourceMs(40_000)),
    Chapter("A paper that changed how we work", SourceMs(90_000)),
)


def told(**lines) -> object:
    return apply_rewording(DRAFT, Wording(**lines), NOTES, CHAPTERS)


@pytest.mark.parametrize(
    "line",
    [
        "The dullest baseline is where Tom Ellery starts.",
        "A new model ships when it wins by 5% or more.",
        "Tom serves 1,200 models from Denver.",
        "Solberg’s five pages changed how they work.",
        "“Don’t trust a chart you didn’t make.”",
        'Start with "the dullest baseline", and trust no chart.',
        "Choosing a model in 2019",
        "Charts you didn’t make are not to be trusted.",
    ],
)
def test_what_was_said_passes(line: str) -> None:
    """Names, numbers and quotations of the talk may be used, in digits or words, in other sentences."""
    assert guard_of(DRAFT).refuses(line) == ""


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("A paper by Ada Byron changed how we work.", "“Ada” is not in the talk"),
        ("Byron wrote a paper that changed how we work.", "“Byron” is not in the talk"),
        ("A paper by Ingrid Ellery changed how we work.", "“ingrid ellery” is not in the talk"),
        ("They serve models at Google in Denver.", "“Google” is not in the talk"),
    ],
)
def test_an_invented_name_is_refused(line: str, reason: str) -> None:
    """A name nobody said, also as the first word, also one put together from two that were said."""
    assert guard_of(DRAFT).refuses(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "We serve about 1,300 models in Denver.",
        "A new one must win by at least 15%.",
        "The paper is seven pages long.",
        "We serve a million models in Denver.",
        "We serve twenty-five models in Denver.",
    ],
)
def test_an_invented_number_is_refused(line: str) -> None:
    """A number nobody said, in digits or in words."""
    assert guard_of(DRAFT).refuses(line).endswith("is not in the talk")


@pytest.mark.parametrize(
    "line",
    [
        "“Trust a chart you didn’t make”, says Tom Ellery.",
        '"The dullest model you can think of" is the start.',
        "Tom says “start with the dullest baseline.",
    ],
)
def test_an_invented_quote_is_refused(line: str) -> None:
    """What stands in quotation marks is in the talk word for word; a mark without its partner is refused."""
    assert guard_of(DRAFT).refuses(line) == "it quotes what was not said"


@pytest.mark.parametrize(
    "line",
    [
        "Read the paper at https://example.org/paper.",
        "The paper is on example.com.",
        "Read the paper (www.paper.de) by Ingrid Solberg.",
        "Start with the dullest baseline, says @tom.",
    ],
)
def test_an_invented_link_is_refused(line: str) -> None:
    """No address ever comes from a language model, not even a true one."""
    assert guard_of(DRAFT).refuses(line) == "it has an address"


@pytest.mark.parametrize(
    "line",
    [
        "I’m sorry, but I can’t help with the model.",
        "<b>Start</b> with the dullest baseline.",
        "Start \u202emodel",
    ],
)
def test_refusals_and_markup_are_no_notes(line: str) -> None:
    """An apology, tags and signs that turn the text round are not printed."""
    assert guard_of(DRAFT).refuses(line) == "it is no note"


def test_small_talk_of_its_own_is_refused() -> None:
    """A line most of whose words nobody said is not a note about this talk."""
    line = "Discipline and craftsmanship reward engineers everywhere."
    assert guard_of(DRAFT).refuses(line)


def test_each_line_falls_back_alone() -> None:
    """A refused line is printed as extracted; its neighbours keep their new words; the reason is told."""
    found = told(
        summary="Tom Ellery tells Maya Rao why he starts with the dullest baseline.",
        claims=("Begin with Google.", "A new model has to win by 5%."),
        chapters=("How to choose a model", "The paper by Ada Byron"),
        titles=("Start with the dullest baseline", "99 models"),
    )
    assert found.notes.summary.startswith("Tom Ellery tells")
    assert found.notes.claims == (DRAFT.claims[0], "A new model has to win by 5%.")
    assert [c.title for c in found.chapters] == ["Introduction", "How to choose a model", CHAPTERS[2].title]
    assert found.notes.titles == ("Start with the dullest baseline", *DRAFT.titles)
    assert len(found.warnings) == 3


def test_claims_in_another_order_do_not_come_twice() -> None:
    """A claim that makes its neighbour's point is left out: its own stays, and nothing is said twice."""
    found = told(claims=("A win of 5% makes it ship.", "A new model has to win by 5%."))
    assert found.notes.claims == (DRAFT.claims[0], "A new model has to win by 5%.")
    assert "another one’s point" in found.warnings[0]


def test_quotes_links_and_times_never_change() -> None:
    """Whatever was proposed, quotations, links and the starts of chapters are as extracted."""
    found = told(summary=DRAFT.summary, claims=DRAFT.claims, chapters=("Models", "The paper"))
    assert (found.notes.quotes, found.notes.links) == (NOTES.quotes, NOTES.links)
    assert [c.start_ms for c in found.chapters] == [c.start_ms for c in CHAPTERS]


@pytest.mark.parametrize(
    "lines",
    [
        {"claims": ("Only one.",)},
        {"chapters": ("The dullest baseline you can think of, in a talk", "The paper")},
        {"chapters": ("The model", "The model")},
        {"summary": "A talk about the dullest baseline you can think of."},
        {"summary": "Tom."},
    ],
)
def test_lines_of_the_wrong_shape_fall_back(lines) -> None:
    """Another number of claims, headings too long or alike, a summary without the guest: as extracted."""
    found = told(**lines)
    assert found.notes.claims == NOTES.claims
    assert found.notes.summary == NOTES.summary
    assert len({c.title for c in found.chapters}) == len(CHAPTERS)
    assert all(len(c.title) <= 40 for c in found.chapters)


def test_a_failure_is_a_notice() -> None:
    """When nothing came the notes are as extracted, and one sentence says so."""
    found = told(failure="the language model did not answer within 5 s")
    assert found.notes == NOTES
    assert found.warnings == ("the language model did not answer within 5 s; the notes are as extracted",)


def test_without_a_model_nothing_is_said() -> None:
    """Nobody asked: no notice."""
    assert told().warnings == ()
