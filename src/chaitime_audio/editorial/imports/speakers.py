"""Who says it, by an edited text: people whose name was changed, and words that are somebody else's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...domain.correction import Correction
from ...domain.imported import Change, Renamed
from ...domain.scripts import join_words
from ...project.edited_prose import same_name
from .hunks import Comparison
from .wording import NotPlacedError, Speech

NEARLY_ALL = 0.9


def renamed(compared: Comparison) -> tuple[Renamed, ...]:
    """People who are called something else wherever they speak, by one name that is nobody else's."""
    called: dict[str, Counter[str]] = defaultdict(Counter)
    for a, b in compared.pair.items():
        called[compared.ours[a].name][compared.theirs[b].name] += 1
    ours = {same_name(name) for name in called}
    found = list[Renamed]()
    for old, names in called.items():
        new, count = names.most_common(1)[0]
        taken = same_name(new) in ours and same_name(new) != same_name(old)
        if new and new != old and not taken and count >= NEARLY_ALL * names.total():
            label = next(item.label for item in compared.ours if item.name == old)
            found.append(Renamed(label, old, new))
    news = Counter(same_name(one.new) for one in found)
    return tuple(one for one in found if news[same_name(one.new)] == 1)


@dataclass(frozen=True, slots=True)
class Run:
    """Ours from ``a`` to ``a_stop`` (excluded), of one person, is ``name``'s by the edited text."""

    a: int
    a_stop: int
    name: str


class Speakers:
    """Makes corrections of speakers of one comparison; names that were changed count as the old ones."""

    def __init__(self, compared: Comparison, speech: Speech, renames: Sequence[Renamed], author: str) -> None:
        self._compared, self._speech, self._author = compared, speech, author
        old = {same_name(one.new): one.old for one in renames}
        self._known = {same_name(item.name): item.name for item in compared.ours} | old
        self._wanted = self._names()

    def _names(self) -> list[str]:
        """Whose each of our words is by the edited text; one that is gone is whose the word before it is."""
        wanted, pair = list[str](), self._compared.pair
        for a, item in enumerate(self._compared.ours):
            name = self._compared.theirs[pair[a]].name if a in pair else ""
            before = wanted[-1] if wanted and self._compared.ours[a - 1].name == item.name else item.name
            wanted.append(self._known.get(same_name(name), name) if name else before)
        return wanted

    def runs(self) -> Iterator[Run]:
        """Words that the edited text gives to somebody else."""
        ours, start = self._compared.ours, 0
        for at in range(1, len(ours) + 1):
            if at < len(ours) and (ours[at].name, self._wanted[at]) == (
                ours[start].name,
                self._wanted[start],
            ):
                continue
            if self._wanted[start] != ours[start].name:
                yield Run(start, at, self._wanted[start])
            start = at

    def change(self, run: Run) -> Change:
        """What gives words to somebody else. Raises NotPlacedError, with the reason, when nothing does."""
        if same_name(run.name) not in self._known:
            raise NotPlacedError(f"nobody is called “{run.name}”" if run.name else "it has no name")
        ours = self._compared.ours
        before, behind = run.a - 1, run.a_stop
        first = self._speech.range_of(ours[run.a].word_ids)[0]
        stop = self._speech.range_of(ours[run.a_stop - 1].word_ids)[-1] + 1
        start_ms = self._speech.words[first].span.start_ms
        stop_ms = self._speech.words[stop - 1].span.end_ms
        if stop < len(self._speech.words):
            stop_ms = min(stop_ms, self._speech.words[stop].span.start_ms) if stop_ms > start_ms else stop_ms
        if before >= 0 and self._is(before, run.name):
            made = Correction(border=start_ms, to=stop_ms, author=self._author)
        elif behind < len(ours) and self._is(behind, run.name):
            border = self._speech.words[self._speech.range_of(ours[behind].word_ids)[0]].span.start_ms
            made = Correction(border=border, to=start_ms, author=self._author)
        else:
            return self._given(run, first, stop - 1)
        shown = join_words(item.text for item in ours[run.a : run.a_stop])
        return Change("speakers", start_ms, f"{ours[run.a].name}: {shown}", run.name, (made,))

    def _given(self, run: Run, first: int, last: int) -> Change:
        """What gives words to somebody who is not heard beside them: a turn, or a part of one."""
        ours, start_ms = self._compared.ours, self._speech.words[first].span.start_ms
        if self._speech.in_one_turn(last, 1):
            until = self._speech.words[last + 1].span.start_ms
            if until <= start_ms:
                raise NotPlacedError(f"no words of {run.name} are beside it, and it takes no time")
            made = Correction(give=start_ms, until=until, speaker=run.name, author=self._author)
        elif not self._speech.in_one_turn(first, -1):
            made = Correction(give=start_ms, speaker=run.name, author=self._author)
        else:
            made = Correction(split_at=start_ms, speaker=run.name, author=self._author)
        shown = join_words(item.text for item in ours[run.a : run.a_stop])
        return Change("speakers", start_ms, f"{ours[run.a].name}: {shown}", run.name, (made,))

    def _is(self, at: int, name: str) -> bool:
        return self._wanted[at] == name == self._compared.ours[at].name
