"""The text that an edited file was made from: ours as it was when it was exported, by the journal.

Between an export and its import more may be decided. Laid beside the text as it is now, all of that would
differ, too, and be taken back. So the journal is gone back to where the file differs least, and only what
differs from the text of then is the editor's. It is made on top of what was decided since, and that stands
where both say otherwise.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..domain.brief import Brief
from ..domain.contradictions import contradicted
from ..domain.correction import Correction
from ..domain.imported import CHANGE_KINDS, ChangeKind
from ..editorial.corrections.text import shown
from ..errors import ConfigError, NotMadeError, UsageError
from ..formats import Templates
from ..project.corrections_text import MARK
from ..project.decisions import Seen
from ..project.episode_file import CORRECTIONS_NAME, Reviewed
from ..project.finder import BRIEF_NAME
from ..project.journal import Journal, read_journal
from ..project.serialization import from_plain
from .bring_in import Brought, bring_in, deriver, differences, holding_of
from .run import OpenEpisode, derived_with


def bring_in_since(
    made: OpenEpisode,
    path: Path,
    seen: Seen,
    *,
    kinds: Collection[ChangeKind] = CHANGE_KINDS,
    strikes: bool = False,
    templates: Templates,
    now: bool = False,
) -> Brought:
    """Return what becomes of an edited file, relative to the text it was made from; nothing is written.

    With ``now`` that is the text as it is, whatever was decided since.

    Raises as `bring_in` does.
    """
    briefs = _briefs(made, seen, read_journal(made.folder.path))
    back = 0 if now else nearest(_Distances(made, path, templates, briefs).at, len(briefs))
    if not back:
        return bring_in(made.episode, path, deriver(made), kinds=kinds, strikes=strikes, templates=templates)
    then = replace(made, episode=derived_with(made, briefs[back]))
    found = bring_in(then.episode, path, deriver(then), kinds=kinds, strikes=strikes, templates=templates)
    since = _since(made.episode.brief.corrections, briefs[back].corrections)
    return _on_top(found, since, made, back)


@dataclass(frozen=True, slots=True)
class _Distances:
    """How many changes a file is from our text, after some of the last decisions were taken back."""

    made: OpenEpisode
    path: Path
    templates: Templates
    briefs: Sequence[Brief]

    def at(self, back: int) -> int:
        """Changes, and what cannot be placed, against the text of then."""
        try:
            episode = derived_with(self.made, self.briefs[back]) if back else self.made.episode
        except NotMadeError:  # something slow would be needed to see that text
            return 1 << 30
        return differences(episode, self.path, self.templates)


def nearest(distance: Callable[[int], int], count: int) -> int:
    """Return how many decisions to go back, to the text with the fewest changes; of several the latest.

    The number of changes falls towards that text and grows beyond it: steps of 1, 2, 4 … find its
    neighbourhood, halving finds it.
    """
    known: dict[int, int] = {}

    def at(back: int) -> int:
        if back not in known:
            known[back] = distance(back)
        return known[back]

    if count < 2 or not at(0):
        return 0
    steps = [0, *(1 << power for power in range((count - 1).bit_length())), count - 1]
    places: list[int] = sorted({min(step, count - 1) for step in steps})
    best = min(range(len(places)), key=lambda one: (at(places[one]), one))
    low, high = places[max(0, best - 1)], places[min(len(places) - 1, best + 1)]
    while high - low > 2:
        middle = (low + high) // 2
        if at(middle) <= at(middle + 1):
            high = middle + 1
        else:
            low = middle
    near = {*range(low, high + 1), places[best]}
    found: int = min(near, key=lambda one: (at(one), one))
    return found


def _briefs(made: OpenEpisode, seen: Seen, journal: Journal) -> list[Brief]:
    """The briefs before the last decision, before the one before it, and so on; the first is that of now.

    It ends where a file was changed by hand so that a decision cannot be taken back.
    """
    texts, found = dict(seen.texts), [made.episode.brief]
    for entry in reversed(journal.entries):
        file = entry.patch.file
        try:
            texts[file] = entry.patch.inverse.applied(texts[file])
            found.append(_brief(texts, made.episode.brief))
        except (UsageError, ConfigError, ValueError, KeyError):
            break
    return found


def _brief(texts: dict[str, str], now: Brief) -> Brief:
    def read(name: str) -> dict[str, object]:
        return tomllib.loads(texts[name].removeprefix(MARK))

    own = from_plain(Brief, read(BRIEF_NAME), BRIEF_NAME)
    reviewed = from_plain(Reviewed, read(CORRECTIONS_NAME), CORRECTIONS_NAME)
    corrections = (*own.corrections, *reviewed.corrections)
    return replace(own, date=now.date, published=now.published, corrections=corrections)


def _since(now: Sequence[Correction], then: Sequence[Correction]) -> tuple[Correction, ...]:
    return tuple(item for item in now if item not in then)


def _on_top(found: Brought, since: Sequence[Correction], made: OpenEpisode, back: int) -> Brought:
    """An editor's changes of an older text, made on top of what was decided since."""
    against: list[tuple[Correction, Correction]] = []
    free: list[Correction] = []
    for item in found.corrections:
        other = contradicted(item, since)
        if other is None:
            free.append(item)
        else:
            against.append((item, other))
    kept, unmet = holding_of(deriver(made), tuple(free))
    otherwise = "decided otherwise since the file was made"
    told = [f"{shown(item)}: {otherwise}: {shown(other)}" for item, other in against]
    told += [f"{otherwise}: {text}" for text in unmet]
    last = "last decision, which stands" if back == 1 else f"last {back} decisions, which stand"
    note = f"the file was made before the {last}; --now would lay it beside the text as it is"
    plan = replace(found.plan, unplaced=tuple(dict.fromkeys((*found.plan.unplaced, *told))))
    return replace(found, plan=plan, corrections=kept, left_out=(*found.left_out, note))
