"""Where topics begin: the words of a talk change, and a chapter begins there though nobody asks."""

from __future__ import annotations

from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.structure.chapters import chapters
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.tiling import depths

TOPICS = (
    "The copper kettle boils slowly on the iron stove while the steam clouds the kitchen window.",
    "A glacier grinds the valley floor and leaves its gravel behind in a long moraine of stones.",
    "Every violin maker dries the spruce for years before the varnish closes the grain of the wood.",
    "Honey bees dance on the comb to tell their sisters where the clover meadow flowers today.",
)


def test_the_deepest_places_are_where_the_words_change() -> None:
    """Before each new set of words the cut is deeper than at any place inside one."""
    units = [text.casefold().strip(".").split() for text in TOPICS for _ in range(8)]
    found = depths(units)
    deepest = [max(range(border - 4, border + 4), key=lambda at: found[at]) for border in (8, 16, 24)]
    assert all(abs(at - border) <= 1 for at, border in zip(deepest, (8, 16, 24), strict=True))
    assert min(found[at] for at in deepest) > max(found[4], found[12], found[20], found[28])
    assert found[0] == float("-inf")


def test_nothing_changes_in_a_talk_of_one_sentence() -> None:
    """Too little to compare is no cut, and no trouble."""
    assert depths([]) == ()
    assert depths([["tea"]]) == (float("-inf"),)
    assert set(depths([["tea"]] * 9)[1:]) == {0.0}


def test_a_talk_without_questions_gets_chapters_where_topics_begin(say, cast_of) -> None:
    """A lecture of four topics, told by one voice and never asked for, has chapters called by its words."""
    turns = [("S1", "Welcome to the show, and over to you.")]
    for text in TOPICS:
        turns += [("S2", " ".join([text] * 14)), ("S1", "I see.")]
    spoken, cast = say(*turns), cast_of(host={"S1": "Dana Field"}, guest={"S2": "Felix Moor"})
    exchanges = pair(clean(spoken, "en"), cast, "en")
    found = chapters(exchanges, spoken[-1].span.end_ms, "en")
    begins = [item.span.start_ms for item in spoken]
    assert len(found) >= 3
    assert all(chapter.start_ms in begins for chapter in found[1:])
    said = {word.casefold().strip(".,") for text in TOPICS for word in text.split()}
    assert all({key.casefold() for key in chapter.title.split()} <= said for chapter in found[1:])
