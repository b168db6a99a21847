"""Words to voices: borders that are off, islands, backchannels, ghosts."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import UNKNOWN, Diarization, Segment, Transcript, Turn, Word
from chaitime_audio.editorial.speakers.attribute import attribute

TALK = (
    ("S1", "Welcome to the show. What do you do all week?"),
    ("S2", "I look after models. They drift, and I mend them before anybody notices."),
    ("S1", "How do you find the broken ones?"),
    ("S2", "By money. The most expensive mistake goes first, and the rest has to wait."),
)
WORD_MS, PAUSE_MS = 300, 500


def laid_out(talk: tuple[tuple[str, str], ...]) -> tuple[Transcript, list[Turn], list[str]]:
    """Return a transcript with a word every 0.3 s and a pause between turns, true turns, true labels."""
    words, turns, labels, at = [], [], [], 0
    for label, text in talk:
        start = at
        for one in text.split():
            words.append(Word(len(words), one, span(at, at + WORD_MS), 0.9))
            labels.append(label)
            at += WORD_MS
        turns.append(Turn(label, span(start, at)))
        at += PAUSE_MS
    return Transcript("en", 1.0, (Segment(tuple(words), -0.1, 0.0, 1.0),)), turns, labels


def diarized(turns: list[Turn]) -> Diarization:
    return Diarization(tuple(turns), tuple(turns))


def given_to(transcript: Transcript, diarization: Diarization) -> list[str]:
    """Return the label of each word, in order of the words."""
    owner = {w.id: item.label for item in attribute(transcript, diarization) for w in item.words}
    return [owner[word.id] for word in transcript.words]


def moved(turns: list[Turn], by_ms: list[int]) -> list[Turn]:
    """Move the border between neighbouring turns; nobody overlaps afterwards."""
    ends = [turn.span.end_ms + move for turn, move in zip(turns, [*by_ms, 0], strict=True)]
    starts = [
        turns[0].span.start_ms,
        *(turn.span.start_ms + move for turn, move in zip(turns[1:], by_ms, strict=True)),
    ]
    return [
        Turn(turn.label, span(min(start, end), end))
        for turn, start, end in zip(turns, starts, ends, strict=True)
    ]


def test_true_borders_give_true_words() -> None:
    """With a perfect diarization every word belongs to whoever said it."""
    transcript, turns, truth = laid_out(TALK)
    assert given_to(transcript, diarized(turns)) == truth


@pytest.mark.parametrize("seed", range(20))
def test_borders_off_by_a_word_or_two_are_put_right(seed: int) -> None:
    """Borders up to 0.6 s late or early cost no word: they snap to the pause, and sentences stay whole."""
    transcript, turns, truth = laid_out(TALK)
    shift = random.Random(seed)
    late = moved(turns, [shift.randint(-600, 600) for _ in turns[1:]])
    assert given_to(transcript, diarized(late)) == truth


def test_every_word_appears_once_and_in_order() -> None:
    """Whatever the diarization says, no word is lost, doubled or moved."""
    transcript, turns, _ = laid_out(TALK)
    for broken in ([], turns[:1], moved(turns, [5000, -5000, 5000])):
        found = [word.id for item in attribute(transcript, diarized(broken)) for word in item.words]
        assert found == list(range(len(transcript.words)))


def test_a_word_far_from_any_turn_belongs_to_nobody() -> None:
    """Words further than 0.7 s from any turn are not guessed at."""
    transcript, turns, _ = laid_out((("S1", "One two three."), ("S2", "Four five six.")))
    only = diarized([turns[0]])
    assert given_to(transcript, only)[-1] == UNKNOWN


def test_a_stray_word_is_folded_back() -> None:
    """A word that a flicker of the diarization gives to the other voice stays in its sentence."""
    transcript, _, _ = laid_out((("S2", "They drift and I mend them before anybody notices."),))
    cut = [Turn("S2", span(0, 1200)), Turn("S1", span(1200, 1290)), Turn("S2", span(1290, 2700))]
    flicker = [*cut, Turn("S1", span(4000, 9000))]
    assert set(given_to(transcript, diarized(flicker))) == {"S2"}


def test_a_short_answer_stays_an_answer() -> None:
    """A one-word answer to a question is never folded into the question."""
    talk = (("S1", "Did you win?"), ("S2", "No."), ("S1", "Why not? Tell me the whole story of it."))
    transcript, turns, truth = laid_out(talk)
    assert given_to(transcript, diarized(turns)) == truth
    assert not any(item.backchannel for item in attribute(transcript, diarized(turns)))


def test_listening_noises_are_marked_and_farewells_are_not() -> None:
    """“Right.” inside the other's turn is a backchannel; “Thank you, Alistair.” is not."""
    talk = (
        ("S2", "I plot the data for a whole day."),
        ("S1", "Right."),
        ("S2", "And then I start with the dullest baseline."),
        ("S1", "I hope it works."),
        ("S2", "Thank you, Alistair."),
        ("S1", "Good night, all of you."),
    )
    transcript, turns, _ = laid_out(talk)
    marked = [item.text for item in attribute(transcript, diarized(turns)) if item.backchannel]
    assert marked == ["Right."]


def test_a_ghost_voice_is_no_voice() -> None:
    """A third label with under 2 % of the speech and no turn over 2 s does not appear."""
    long = tuple((label, text + " " + "And so on it goes. " * 12) for label, text in TALK)
    transcript, turns, truth = laid_out(long)
    ghost = Turn("S3", span(turns[1].span.start_ms + 300, turns[1].span.start_ms + 600))
    first = Turn("S2", span(turns[1].span.start_ms, ghost.span.start_ms))
    rest = Turn("S2", span(ghost.span.end_ms, turns[1].span.end_ms))
    haunted = [turns[0], first, ghost, rest, *turns[2:]]
    assert given_to(transcript, diarized(haunted)) == truth


def test_a_call_by_name_without_its_mark_stays_the_callers() -> None:
    """A word with a turn and a pause of its own is no stray word, though its sentence runs on."""
    talk = (
        ("S1", "It still feels like stealing."),
        ("S2", "Harriet"),
        ("S3", "dead code elimination, of course."),
        ("S2", "And that is all we have for today, I think."),
    )
    transcript, turns, truth = laid_out(talk)
    assert given_to(transcript, diarized(turns)) == truth


@pytest.mark.parametrize("recording", ["short_two_voices", "british_men", "panel_three", "split_tracks"])
def test_recordings_survive_borders_that_are_off(truth, recording: str) -> None:  # type: ignore[no-untyped-def]
    """With every border of a real conversation off by up to 0.4 s, hardly a word changes its voice.

    Laid on the borders as they are, ten times as many words would.
    """
    spoken, _ = truth(recording)
    words = tuple(word for item in spoken for word in item.words)
    labels = [item.label for item in spoken for _ in item.words]
    transcript = Transcript("en", 1.0, (Segment(words, -0.1, 0.0, 1.0),))
    turns = [Turn(item.label, item.span) for item in spoken]
    wrong = naive = 0
    for seed in range(10):
        dice = random.Random(seed)
        late = _late(turns, dice)
        wrong += sum(a != b for a, b in zip(given_to(transcript, diarized(late)), labels, strict=True))
        naive += sum(_holder(word, late) != label for word, label in zip(words, labels, strict=True))
    assert naive > 10 * wrong
    assert wrong <= 10 * 0.003 * len(words)


def _late(turns: list[Turn], dice: random.Random) -> list[Turn]:
    """Move each border by up to 0.4 s: one voice runs on, or the next begins early."""
    edges = [[turn.span.start_ms, turn.span.end_ms] for turn in turns]
    for before, after in pairwise(edges):
        move = dice.randint(-400, 400)
        if move > 0:
            before[1] = after[0] = min(after[0] + move, after[1] - 1)
        else:
            before[1] = after[0] = max(before[1] + move, before[0] + 1)
    return [Turn(turn.label, span(*edge)) for turn, edge in zip(turns, edges, strict=True)]


def _holder(word: Word, turns: list[Turn]) -> str:
    return max(turns, key=lambda turn: turn.span.overlap_ms(word.span)).label


def said_at_once(text: str, cut_in_ms: int, stopped_ms: int, border_ms: int) -> list[str]:
    """Labels of words of 0.3 s: S2 cuts in, S1 stops later, and exclusive turns change in between."""
    words = tuple(
        Word(at, one, span(WORD_MS * at, WORD_MS * (at + 1)), 0.9) for at, one in enumerate(text.split())
    )
    end_ms = WORD_MS * len(words)
    both = (Turn("S1", span(0, stopped_ms)), Turn("S2", span(cut_in_ms, end_ms)))
    exclusive = (Turn("S1", span(0, border_ms)), Turn("S2", span(border_ms, end_ms)))
    transcript = Transcript("en", 1.0, (Segment(words, -0.1, 0.0, 1.0),))
    return given_to(transcript, Diarization(both, exclusive))


@pytest.mark.parametrize("border_ms", [1500, 1800, 2100, 2400])
@pytest.mark.parametrize("stop", ["mend.", "me-", "mend?"])
def test_where_two_overlap_a_sentence_says_who_stops(border_ms: int, stop: str) -> None:
    """The sound cannot tell within an overlap; the sentence that ends, or the word that breaks off, does."""
    labels = said_at_once(f"These are models that I {stop} How do you find them all?", 1400, 2400, border_ms)
    assert labels == ["S1"] * 6 + ["S2"] * 6


def test_without_an_overlap_a_sentence_moves_no_border() -> None:
    """A person may go on where another one's sentence ended: only two voices at once leave it open."""
    labels = said_at_once("It is. We do not know of any reason why it went on", 1800, 1800, 1800)
    assert labels == ["S1"] * 6 + ["S2"] * 7
