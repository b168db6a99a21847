"""Gives every recognised word to a voice.

Words are laid on the exclusive diarization, then what borders that are a little late or early
spoilt is put right: where two voices overlap, a sentence's end says where one stops; a sentence
cut by a border near its edge goes whole to whoever spoke most of it; and an island of a word or
two inside another voice's speech is folded back, unless it answers a question or the sound itself
speaks for the other voice.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from ...domain.scripts import SENTENCE_ENDS, ends_sentence, join_words
from ...domain.sound import Span, span
from ...domain.speech import UNKNOWN, Diarization, Transcript, Turn, Utterance, Word
from ..languages.editing import editing_for
from ..structure.questions import asks
from .backchannels import listens

NEAREST_MS = 700
SNAP_MS, CLEAR_MS, MOST_PAUSE_MS, SENTENCE_MS = 600, 250, 600, 150
EDGE_WORDS, EDGE_SHARE = 3, 0.4
LONGEST_SENTENCE = 50
ISLAND_WORDS, ISLAND_MS = 2, 1_000
OWN_SOUND_SHARE, OWN_SOUND_MS, OWN_PAUSE_MS = 0.5, 200, 400
GHOST_SHARE, GHOST_TURN_MS = 0.02, 2_000
OVERLAP_MS = 200
_ENDS = tuple(SENTENCE_ENDS)
_BROKEN = ("-", "–", "—")


@dataclass(frozen=True, slots=True)
class _Owned:
    """A word and the voice it is given to."""

    word: Word
    label: str


def attribute(transcript: Transcript, diarization: Diarization) -> tuple[Utterance, ...]:
    """Return utterances in order of time; every word of the transcript is in exactly one.

    Words further than 0.7 s from any turn belong to nobody (`UNKNOWN`). A short remark between
    two stretches of another voice is marked as backchannel unless it answers a question.
    """
    turns = _without_ghosts(diarization)
    owned = _laid_on(transcript.words, turns)
    owned = _at_overlaps(owned, diarization.turns)
    owned = _at_pauses(owned)
    owned = _whole_sentences(owned, turns)
    owned = _islands_folded(owned, turns, transcript.language)
    return _backchannels_marked(_grouped(owned), transcript.language)


def _without_ghosts(diarization: Diarization) -> tuple[Turn, ...]:
    """Leave out voices that hardly speak: under 2 % of all speech and no turn over 2 s."""
    total = sum(turn.span.duration_ms for turn in diarization.exclusive)
    real = set()
    for label in diarization.labels:
        lengths = [turn.span.duration_ms for turn in diarization.exclusive if turn.label == label]
        if sum(lengths) >= GHOST_SHARE * total or max(lengths, default=0) > GHOST_TURN_MS:
            real.add(label)
    kept = tuple(turn for turn in diarization.exclusive if turn.label in real)
    return kept or diarization.exclusive


def _laid_on(words: tuple[Word, ...], turns: tuple[Turn, ...]) -> list[_Owned]:
    """Each word to the turn it overlaps most, else the nearest, else nobody."""
    starts = [turn.span.start_ms for turn in turns]
    owned = []
    for word in words:
        at = bisect_left(starts, word.span.end_ms)
        near = turns[max(0, at - 4) : at + 2]
        owned.append(_Owned(word, _owner(word.span, near)))
    return owned


def _owner(place: Span, near: tuple[Turn, ...]) -> str:
    most, label, start_ms, end_ms = 0, "", place.start_ms, place.end_ms
    for turn in near:  # without min and max, which take their time for every word
        its = turn.span
        until_ms = end_ms if end_ms < its.end_ms else its.end_ms
        shared = until_ms - (start_ms if start_ms > its.start_ms else its.start_ms)
        if shared > most:
            most, label = shared, turn.label
    if most:
        return label
    closest = min(near, key=lambda turn: turn.span.gap_ms(place), default=None)
    return closest.label if closest is not None and closest.span.gap_ms(place) <= NEAREST_MS else UNKNOWN


def _at_overlaps(owned: list[_Owned], turns: tuple[Turn, ...]) -> list[_Owned]:
    """Move a border to the sentence's end close by, where both voices are heard.

    While one voice cuts into the other the sound cannot tell whose a word is, so the exclusive turns
    change somewhere in the middle; the one who is cut off ends a sentence or breaks a word off there.
    """
    runs = _runs(owned)
    for at in range(1, len(runs)):
        before, after = runs[at - 1], runs[at]
        both, border = before + after, len(before)
        zone = _zone(before[-1], after[0], turns)
        if zone is None or _breaks_off(both[border - 1]):
            continue
        cuts = [cut for cut in range(1, len(both)) if _in(both[cut], zone) and _breaks_off(both[cut - 1])]
        if cuts:
            best = min(cuts, key=lambda cut: abs(cut - border))
            runs[at - 1] = [replace(item, label=before[0].label) for item in both[:best]]
            runs[at] = [replace(item, label=after[0].label) for item in both[best:]]
    return [item for run in runs for item in run]


def _zone(last: _Owned, first: _Owned, turns: tuple[Turn, ...]) -> Span | None:
    """Where the voices to either side of a border are heard at once; None where they are not."""
    near = Span(last.word.span.start_ms, first.word.span.end_ms)
    ones = [turn.span for turn in turns if turn.label == last.label and turn.span.overlap_ms(near)]
    others = [turn.span for turn in turns if turn.label == first.label and turn.span.overlap_ms(near)]
    for one in ones:
        for other in others:
            if one.start_ms < other.start_ms and one.overlap_ms(other) >= OVERLAP_MS:
                return span(other.start_ms - OVERLAP_MS, one.end_ms + OVERLAP_MS)
    return None


def _in(item: _Owned, zone: Span) -> bool:
    return zone.start_ms <= item.word.span.start_ms <= zone.end_ms


def _breaks_off(item: _Owned) -> bool:
    """Whether somebody stops behind a word: a sentence ends, or the word itself is broken off."""
    return ends_sentence(item.word.text) or item.word.text.endswith(_BROKEN)


def _at_pauses(owned: list[_Owned]) -> list[_Owned]:
    """Move a border that lies in running speech to the pause close by, if one is clearly better.

    No voice loses its last word by it.
    """
    runs = _runs(owned)
    for at in range(1, len(runs)):
        before, after = runs[at - 1], runs[at]
        both, border = before + after, len(before)
        near = [
            cut
            for cut in range(1, len(both))
            if abs(both[cut].word.span.start_ms - both[border].word.span.start_ms) <= SNAP_MS
        ]
        best = max(near, key=lambda cut: _as_border(both, cut))
        if _as_border(both, best) > _as_border(both, border) + CLEAR_MS:
            runs[at - 1] = [replace(item, label=before[0].label) for item in both[:best]]
            runs[at] = [replace(item, label=after[0].label) for item in both[best:]]
    return [item for run in runs for item in run]


def _as_border(words: list[_Owned], cut: int) -> int:
    """How good a place for a change of speaker is: the pause, and a sentence's end before it."""
    pause = words[cut].word.span.start_ms - words[cut - 1].word.span.end_ms
    return min(max(0, pause), MOST_PAUSE_MS) + SENTENCE_MS * words[cut - 1].word.text.endswith(_ENDS)


def _whole_sentences(owned: list[_Owned], turns: tuple[Turn, ...]) -> list[_Owned]:
    """Give a sentence that a border cuts near its edge to whoever spoke most of it."""
    return [item for sentence in _sentences(owned) for item in _whole(sentence, turns)]


def _whole(sentence: list[_Owned], turns: tuple[Turn, ...]) -> list[_Owned]:
    """The sentence, given to one voice if its only border lies within a few words of its edge.

    Words at the edge that have a short turn and a pause of their own stay: the recogniser
    only missed the full stop ("Harriet? Dead code elimination.").
    """
    labels = [item.label for item in sentence]
    borders = [at for at in range(1, len(labels)) if labels[at] != labels[at - 1]]
    if len(borders) != 1 or len(sentence) > LONGEST_SENTENCE:
        return sentence
    before, after = borders[0], len(sentence) - borders[0]
    lesser = min(before, after)
    if lesser > EDGE_WORDS or lesser >= EDGE_SHARE * len(sentence):
        return sentence
    pause = sentence[borders[0]].word.span.start_ms - sentence[borders[0] - 1].word.span.end_ms
    edge = sentence[: borders[0]] if before < after else sentence[borders[0] :]
    if pause >= OWN_PAUSE_MS and _has_own_sound(edge, turns):
        return sentence
    winner = labels[-1] if before < after else labels[0]
    return [replace(item, label=winner) for item in sentence]


def _sentences(owned: list[_Owned]) -> list[list[_Owned]]:
    found: list[list[_Owned]] = [[]]
    for item in owned:
        found[-1].append(item)
        if ends_sentence(item.word.text):
            found.append([])
    return [sentence for sentence in found if sentence]


def _islands_folded(owned: list[_Owned], turns: tuple[Turn, ...], language: str) -> list[_Owned]:
    """Fold one or two stray words back into the voice that speaks before and after them."""
    runs = _runs(owned)
    for at in range(1, len(runs) - 1):
        before, island, after = runs[at - 1], runs[at], runs[at + 1]
        length = island[-1].word.span.end_ms - island[0].word.span.start_ms
        if before[0].label != after[0].label or len(island) > ISLAND_WORDS or length >= ISLAND_MS:
            continue
        if island[0].label != UNKNOWN and (
            _answers(before, language) or _has_own_sound(island, turns) or _stands_alone(before, island)
        ):
            continue
        runs[at] = [replace(item, label=before[0].label) for item in island]
    return [item for run in runs for item in run]


def _stands_alone(before: list[_Owned], island: list[_Owned]) -> bool:
    """Whether an island is a sentence of its own: the one before it ended, and it ends itself."""
    return before[-1].word.text.endswith(_ENDS) and island[-1].word.text.endswith(_ENDS)


def _answers(before: list[_Owned], language: str) -> bool:
    """Whether the last sentence before an island asks something."""
    last = _sentences(before)[-1]
    return asks(join_words(item.word.text for item in last), language)


def _has_own_sound(island: list[_Owned], turns: tuple[Turn, ...]) -> bool:
    """Whether a turn of the island's voice lies wholly about here, so that it was really heard."""
    place = Span(island[0].word.span.start_ms, island[-1].word.span.end_ms)
    for turn in turns:
        shared = turn.span.overlap_ms(place)
        if turn.label == island[0].label and shared >= max(OWN_SOUND_MS, OWN_SOUND_SHARE * place.duration_ms):
            return turn.span.duration_ms <= place.duration_ms + ISLAND_MS
    return False


def _runs(owned: list[_Owned]) -> list[list[_Owned]]:
    found: list[list[_Owned]] = []
    for item in owned:
        if found and found[-1][-1].label == item.label:
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _grouped(owned: list[_Owned]) -> list[Utterance]:
    return [Utterance(run[0].label, tuple(item.word for item in run)) for run in _runs(owned)]


def _backchannels_marked(utterances: list[Utterance], language: str) -> tuple[Utterance, ...]:
    """Mark listening noises and short agreement laid inside one other voice's turn."""
    spoken, data = tuple(utterances), editing_for(language)
    return tuple(
        replace(item, backchannel=item.label != UNKNOWN and listens(spoken, at, data, language))
        for at, item in enumerate(spoken)
    )
