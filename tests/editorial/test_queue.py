"""What a person is asked first, and what is not asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.correction import Replacement, Term
from chaitime_audio.domain.episode import Episode, Notes, Recorded
from chaitime_audio.domain.people import Cast
from chaitime_audio.domain.sound import Loudness, Master, SourceMs, Timeline, span
from chaitime_audio.domain.speech import Diarization, Dropped, Lost, Transcript, Turn, Utterance
from chaitime_audio.editorial.queue.build import accepting, queue_of
from chaitime_audio.editorial.queue.item import ANSWER_S, Item, Queue
from chaitime_audio.editorial.queue.places import place_items

Say = Callable[..., tuple[Utterance, ...]]
LOUDNESS = Loudness(-16.0, -1.5, 4.0)


@pytest.fixture
def talk(say: Say, cast_of: Callable[..., Cast]) -> Callable[..., Episode]:
    """An episode of turns; words of ``doubts`` have these probabilities, all others 0.99."""

    def make(*turns: tuple[str, str], doubts: dict[str, float] | None = None, **more: object) -> Episode:
        low = doubts or {}
        spoken = tuple(
            replace(
                item,
                words=tuple(
                    replace(word, probability=low.get(word.text.strip(".,?"), 0.99)) for word in item.words
                ),
            )
            for item in say(*turns)
        )
        given = {
            "slug": "tea",
            "title": "On tea",
            "date": None,
            "language": "en",
            "show": Show("Tea Time"),
            "brief": Brief(),
            "cast": cast_of(host={"S1": "Maya Rao"}, guest={"S2": "Tom Ellery"}),
            "spoken": spoken,
            "post": (),
            "chapters": (),
            "notes": Notes(),
            "diarization": Diarization((), ()),
            "timeline": Timeline(),
            "master": Master("", 0, 30_000, 44_100, 1, 96, LOUDNESS, LOUDNESS, -16.0),
        }
        return Episode(**{**given, **more})  # type: ignore[arg-type]

    return make


def recorded(missed: tuple[Turn, ...], dropped: tuple[Dropped, ...]) -> Recorded:
    return Recorded(Transcript("en", 1.0, ()), (), Lost(missed, dropped))


def named(queue: Queue) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in queue.open]


def test_a_name_no_glossary_knows_is_asked_once_for_all_its_places(talk: Callable[..., Episode]) -> None:
    """Two spellings beside the same second name are one question, and each suggests the other."""
    episode = talk(
        ("S1", "We went to see Garath Lowell about the clocks."),
        ("S2", "So Garret Lowell has a clock. It is a clock by Lowell."),
        doubts={"Garath": 0.5, "Garret": 0.4},
    )
    first = queue_of(episode).open[0]
    assert (first.kind, len(first.places)) == ("name", 3)
    assert first.suggestions
    assert "several ways" in first.why


def test_what_the_show_writes_down_is_no_question(talk: Callable[..., Episode]) -> None:
    """A name of the glossary, of the people or of the host needs no looking up."""
    say = (("S1", "We asked Akoro, and Vinge, and Salberg about it."),)
    assert any(kind == "name" for kind, _ in named(queue_of(talk(*say))))
    show = Show("Tea Time", host="Alistair Vinge", glossary=(Term("Akoro"),), vocabulary=("Salberg",))
    assert not queue_of(talk(*say, show=show)).open


def test_a_near_term_of_the_glossary_is_suggested(talk: Callable[..., Episode]) -> None:
    """What the show writes much like it is the first guess."""
    show = Show("Tea Time", glossary=(Term("Okafor"), Term("Salberg")))
    episode = talk(("S1", "We asked Okavor about the clocks."), doubts={"Okavor": 0.3}, show=show)
    assert queue_of(episode).open[0].suggestions == ("Okafor",)


def test_an_unlikely_word_is_asked_with_those_it_runs_into(talk: Callable[..., Episode]) -> None:
    """Neighbours that are doubtful too are one question; a sure word is none."""
    episode = talk(
        ("S1", "The picture smears and the random program certainly helps."),
        doubts={"random": 0.2, "program": 0.3},
    )
    assert named(queue_of(episode)) == [("word", "random program")]


def test_a_long_stretch_of_doubt_is_asked_piece_by_piece(talk: Callable[..., Episode]) -> None:
    """Each doubtful word is asked once: pieces of six words, none of them twice."""
    line = "bread kitty clocks smears milk ginger tulips kettle stones"
    episode = talk(("S1", f"Then {line} there."), doubts=dict.fromkeys(line.split(), 0.1))
    items = queue_of(episode).open
    ids = [number for item in items for place in item.places for number in place.word_ids]
    assert sorted(ids) == list(range(1, 10))
    assert max(len(item.text.split()) for item in items) == 6


def test_a_word_doubted_in_many_places_is_one_question(talk: Callable[..., Episode]) -> None:
    """One decision for fourteen places, and it counts for more than one for one."""
    line = ("S1", "They have kitty there.")
    episode = talk(*[line] * 14, doubts={"kitty": 0.2})
    (item,) = queue_of(episode).open
    assert len(item.places) == 14
    (one,) = queue_of(talk(line, doubts={"kitty": 0.2})).open
    assert item.risk > one.risk


def test_numbers_and_negations_come_before_words_as_doubtful(talk: Callable[..., Episode]) -> None:
    """What turns a sentence round, or is quoted elsewhere, is worse when it is wrong."""
    line = "They kept bread. Then they kept 40 of them. And they never saw it."
    episode = talk(("S1", line), doubts={"bread": 0.3, "40": 0.3, "never": 0.3})
    assert [kind for kind, _ in named(queue_of(episode))] == ["number", "negation", "word"]


def test_a_capital_of_a_sentence_or_of_small_words_makes_no_name(talk: Callable[..., Episode]) -> None:
    """Whatever begins a sentence has one, and so has what a sentence was run on with."""
    assert not queue_of(talk(("S1", "Bread is good. Clocks are And better. I'm The one."))).open


def test_other_places_are_asked_too(talk: Callable[..., Episode]) -> None:
    """Speech without words, what was left out, a torn sentence, an unsure number of people."""
    episode = talk(
        ("S1", "So how long did it take"),
        ("S2", "you to get there then."),
        recorded=recorded(
            (Turn("S2", span(9_000, 11_000)),),
            (Dropped(span(20_000, 21_000), "Thanks for watching.", "no speech"),),
        ),
        diarization=Diarization((), (), sureness=0.5),
    )
    found = {item.kind: item for item in place_items(episode)}
    assert set(found) == {"gap", "dropped", "border", "people"}
    assert found["border"].text == "take | you"
    assert "Tom Ellery" in found["gap"].why


def test_who_is_named_is_counted(talk: Callable[..., Episode]) -> None:
    """A number that a person told, or a name for every voice, is no question."""
    unsure = Diarization((), (), sureness=0.5)
    said = ("S1", "We went there.")
    assert any(kind == "people" for kind, _ in named(queue_of(talk(said, diarization=unsure))))
    assert not queue_of(talk(said, diarization=unsure, brief=Brief(speakers=2))).open


def test_what_was_accepted_is_not_asked_again(talk: Callable[..., Episode]) -> None:
    """Every kind of item goes when it was kept, and its risk counts as settled."""
    given = {
        "recorded": recorded(
            (Turn("S2", span(9_000, 11_000)),), (Dropped(span(20_000, 21_000), "Thanks.", "no speech"),)
        ),
        "doubts": {"Akoro": 0.3, "kitty": 0.2},
    }
    turns = (("S1", "So Akoro has kitty and"), ("S2", "that is fine. Akoro says it."))
    before = queue_of(talk(*turns, **given))
    assert {item.kind for item in before.open} == {"name", "word", "border", "gap", "dropped"}
    assert before.settled_share == 0
    kept = tuple(one for item in before.open for one in accepting(item))
    after = queue_of(talk(*turns, **given, brief=Brief(corrections=kept)))
    assert after.open == ()
    assert after.settled_share == 1


def test_half_of_it_settled_is_half(talk: Callable[..., Episode]) -> None:
    """The share grows with every answer, and the time left falls."""
    turns, doubts = (("S1", "They have kitty. They saw bread."),), {"kitty": 0.2, "bread": 0.2}
    before = queue_of(talk(*turns, doubts=doubts))
    assert before.left_s == 2 * ANSWER_S
    kept = accepting(before.open[0])
    after = queue_of(talk(*turns, doubts=doubts, brief=Brief(corrections=kept)))
    assert 0.3 < after.settled_share < 0.7
    assert after.left_s == ANSWER_S


def test_a_corrected_word_is_certain(talk: Callable[..., Episode]) -> None:
    """A person wrote it: it is not asked."""
    made = Replacement("correction by studio", "kitty", "kiddie", (2,), SourceMs(800))
    episode = talk(("S1", "They have kiddie rides."), doubts={"kiddie": 0.2})
    assert queue_of(episode).open
    assert not queue_of(replace(episode, replacements=(made,))).open


def test_a_language_without_lists_asks_by_probability_alone(talk: Callable[..., Episode]) -> None:
    """Nothing is known of its names, so nothing is made of a capital or a rare word."""
    turns = (("S1", "Blub wumba Kra tschi."),)
    assert not queue_of(talk(*turns, language="xx")).open
    assert queue_of(talk(*turns, language="xx", doubts={"wumba": 0.1})).open


def test_nothing_said_is_nothing_to_ask(talk: Callable[..., Episode]) -> None:
    """An episode without words has an empty queue, and all of its risk settled."""
    empty = queue_of(replace(talk(("S1", "Well.")), spoken=()))
    assert (empty.open, empty.settled_share, empty.left_s) == ((), 1.0, 0)


def test_the_number_of_people_is_not_kept() -> None:
    """It is told by naming them: accepting it writes nothing."""
    assert accepting(Item("people", "2 people", "", 0.5, ())) == ()
