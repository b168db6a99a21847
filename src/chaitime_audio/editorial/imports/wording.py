"""From a hunk to a correction of words, or to a passage that the post leaves out.

What a correction is to find are recognised words, whatever cleaning printed for them; the punctuation round
them stays when words are replaced (`corrections.swap`), so one that was edited away takes a neighbour in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...domain.correction import Correction
from ...domain.episode import Episode
from ...domain.imported import Change, ChangeKind
from ...domain.scoring import TextKind
from ...domain.scripts import CLAUSE_ENDS, SENTENCE_ENDS, join_words
from ...domain.sound import SourceMs
from ...domain.speech import Word
from ...domain.timecode import exact_clock
from ..corrections.swap import letters, parts
from .hunks import Comparison, Hunk

_OWN_END = re.compile(f"[{re.escape(SENTENCE_ENDS + CLAUSE_ENDS)}]$")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
NOT_THERE = "nobody is heard saying that there"
BETWEEN = "somebody else speaks in between"
ALONE = "it is punctuation, and there is no word beside it to hold it"


class NotPlacedError(Exception):
    """A difference that no correction can make; the message is the reason."""


@dataclass(frozen=True)
class Speech:
    """The recognised words in order, whose each is, and which are listening noises."""

    words: tuple[Word, ...]
    labels: tuple[str, ...]
    noises: tuple[bool, ...]

    def in_one_turn(self, at: int, step: Literal[-1, 1]) -> bool:
        """Whether the turn of a word goes on behind it (before it, with -1); noises do not end one."""
        label, at = self.labels[at], at + step
        while 0 <= at < len(self.words) and self.noises[at]:
            at += step
        return 0 <= at < len(self.words) and self.labels[at] == label

    def range_of(self, ids: Sequence[int]) -> range:
        """Where the words from the first to the last of some ids stand. Raises NotPlacedError for none."""
        if not ids:
            raise NotPlacedError(NOT_THERE)
        first = bisect_left(self.words, min(ids), key=lambda word: word.id)
        last = bisect_left(self.words, max(ids), key=lambda word: word.id)
        if last >= len(self.words) or self.words[first].id != min(ids):
            raise NotPlacedError(NOT_THERE)
        return range(first, last + 1)

    def said(self, places: range) -> str:
        """The text of some of the words."""
        return join_words(self.words[at].text for at in places)


def speech_of(episode: Episode) -> Speech:
    """The words of an episode in order of their ids."""
    said = ((word, item) for item in episode.spoken for word in item.words)
    found = sorted(said, key=lambda pair: pair[0].id)
    labels = tuple(item.label for _, item in found)
    return Speech(tuple(word for word, _ in found), labels, tuple(item.backchannel for _, item in found))


class Wording:
    """Makes corrections of hunks of one comparison."""

    def __init__(self, compared: Comparison, speech: Speech, kind: TextKind, author: str) -> None:
        self._compared, self._speech, self._kind, self._author = compared, speech, kind, author
        self._ours, self._theirs = compared.ours, compared.theirs

    def change(self, hunk: Hunk) -> Change:
        """What a hunk becomes. Raises NotPlacedError, with the reason, when it cannot be placed."""
        hunk = self._whole_words(hunk)
        if hunk.a == hunk.a_stop:
            return self._kept(hunk) or self._put_in(hunk)
        return self._struck(hunk) if hunk.b == hunk.b_stop else self._reworded(hunk)

    def _whole_words(self, hunk: Hunk) -> Hunk:
        """The hunk, grown until no recognised word is half in it."""
        a, a_stop, b, b_stop = hunk.a, hunk.a_stop, hunk.b, hunk.b_stop
        while a and a < a_stop and self._shared(a - 1, a):
            if self._compared.pair.get(a - 1) != b - 1:
                raise NotPlacedError("it changes a part of what one word stands for")
            a, b = a - 1, b - 1
        while a < a_stop < len(self._ours) and self._shared(a_stop - 1, a_stop):
            if self._compared.pair.get(a_stop) != b_stop:
                raise NotPlacedError("it changes a part of what one word stands for")
            a_stop, b_stop = a_stop + 1, b_stop + 1
        return Hunk(a, a_stop, b, b_stop)

    def _shared(self, at: int, other: int) -> bool:
        return not set(self._ours[at].word_ids).isdisjoint(self._ours[other].word_ids)

    def _put_in(self, hunk: Hunk) -> Change:
        """Words that came are tied to one beside them that the same person says."""
        names = {self._theirs[at].name for at in range(hunk.b, hunk.b_stop)}
        before, behind, why = hunk.a - 1, hunk.a, NotPlacedError(NOT_THERE)
        beside = list[Hunk]()
        if before >= 0 and self._compared.pair.get(before) == hunk.b - 1 >= 0:
            beside.append(Hunk(before, hunk.a, hunk.b - 1, hunk.b_stop))
        if self._compared.pair.get(behind) == hunk.b_stop:
            beside.append(Hunk(hunk.a, behind + 1, hunk.b, hunk.b_stop + 1))
        for one in beside:
            if {self._theirs[at].name for at in range(one.b, one.b_stop)} == names:
                try:
                    return self._reworded(self._whole_words(one))
                except NotPlacedError as problem:
                    why = problem
        raise why

    def _kept(self, hunk: Hunk) -> Change | None:
        """What keeps words that are said there, where only cleaning left them out of the post."""
        inside = 0 < hunk.a < len(self._ours)
        before = max(self._ours[hunk.a - 1].word_ids, default=0) if inside else 0
        behind = min(self._ours[hunk.a].word_ids, default=0) if inside else 0
        heard = [word for word in self._speech.words if before < word.id < behind]
        keys = [letters(word.text) for word in heard]
        wanted = [letters(self._theirs[at].text) for at in range(hunk.b, hunk.b_stop)]
        at = next((at for at in range(len(keys)) if keys[at : at + len(wanted)] == wanted), None)
        if at is None:
            return None
        first, last = heard[at].span, heard[at + len(wanted) - 1].span
        ends = (exact_clock(first.middle_ms), exact_clock(last.middle_ms + 1))
        shown = join_words(self._theirs[at].text for at in range(hunk.b, hunk.b_stop))
        return Change("words", first.start_ms, "", shown, (Correction(keep=ends, author=self._author),))

    def _ids(self, a: int, a_stop: int) -> list[int]:
        return [number for at in range(a, a_stop) for number in self._ours[at].word_ids]

    def _places(self, a: int, a_stop: int) -> range:
        places = self._speech.range_of(self._ids(a, a_stop))
        labels = {self._speech.labels[at] for at in places}
        if len(labels) > 1:
            raise NotPlacedError(BETWEEN)
        return places

    def _struck(self, hunk: Hunk) -> Change:
        places = self._speech.range_of(self._ids(hunk.a, hunk.a_stop))
        first, last = self._speech.words[places[0]].span, self._speech.words[places[-1]].span
        shown = join_words(item.text for item in self._ours[hunk.a : hunk.a_stop])
        kind: ChangeKind = "strikes" if self._is_whole(hunk) else "words"
        if self._kind == "edited":
            ends = (exact_clock(first.middle_ms), exact_clock(last.middle_ms + 1))
            made = Correction(drop=ends, author=self._author)
        else:
            self._places(hunk.a, hunk.a_stop)
            made = Correction(
                find=self._speech.said(places), replace="", at=first.middle_ms, author=self._author
            )
        return Change(kind, first.start_ms, shown, "", (made,))

    def _is_whole(self, hunk: Hunk) -> bool:
        """Whether all of a turn, or of a paragraph of the post, went."""
        least = 1 if self._kind == "edited" else 2
        begins = self._compared.ours_begin
        return begins(hunk.a) >= least and begins(hunk.a_stop) >= least

    def _reworded(self, hunk: Hunk) -> Change:
        places = self._places(hunk.a, hunk.a_stop)
        new = [self._theirs[at].text.translate(_STRAIGHT) for at in range(hunk.b, hunk.b_stop)]
        text, places = self._punctuated(hunk, new, places)
        found = self._speech.said(places)
        if not letters(found) or not text:
            raise NotPlacedError(ALONE)
        if self._kind == "edited" and found == text:
            raise NotPlacedError("the post writes it otherwise by its own rules")
        at_ms = self._speech.words[places[0]].span.middle_ms
        made = Correction(find=found, replace=text, at=at_ms, author=self._author)
        before = join_words(item.text for item in self._ours[hunk.a : hunk.a_stop])
        after = join_words(item.text for item in self._theirs[hunk.b : hunk.b_stop])
        return Change("words", SourceMs(at_ms), before, after, (made,))

    def _punctuated(self, hunk: Hunk, new: Sequence[str], places: range) -> tuple[str, range]:
        """The new text, less the punctuation that stays by itself, with a neighbour where that must go."""
        words, text = self._speech.words, join_words(new)
        lead, behind = parts(words[places[0]].text)[0], parts(words[places[-1]].text)[2]
        wanted_lead, wanted_behind = parts(new[0])[0], parts(new[-1])[2]
        if lead and wanted_lead != lead:
            if self._opens(hunk.a) or not self._is_calm(hunk.a - 1, places[0] - 1):
                raise NotPlacedError(ALONE)
            places = range(places[0] - 1, places[-1] + 1)
            text = f"{words[places[0]].text} {text}"
        elif lead:
            text = text[len(lead) :]
        if behind and wanted_behind == behind:
            text = text[: len(text) - len(behind)]
        elif behind and not _OWN_END.search(text):
            if self._opens(hunk.a_stop) or not self._is_calm(hunk.a_stop, places[-1] + 1):
                raise NotPlacedError(ALONE)
            places = range(places[0], places[-1] + 2)
            following = words[places[-1]].text
            kept = parts(following)[2]
            text = f"{text} {following[: len(following) - len(kept)] if kept else following}"
        return text, places

    def _is_calm(self, at: int, place: int) -> bool:
        """Whether one of ours stayed as it was, and is the one recognised word at a place."""
        if not 0 <= at < len(self._ours) or not self._compared.same(at):
            return False
        return self._ours[at].word_ids == (self._speech.words[place].id,)

    def _opens(self, at: int) -> bool:
        return self._compared.ours_begin(at) == 2
