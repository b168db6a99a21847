"""Where two texts differ, as hunks: neighbouring differences of one turn taken together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...domain.imported import PrintedToken
from ...domain.scoring import Said
from .alignment import Block, aligned, at_borders, tokens, written


@dataclass(frozen=True, slots=True)
class TheirToken:
    """A word of an edited text: who says it, and the number of its cue or paragraph."""

    text: str
    name: str
    part: int


@dataclass(frozen=True, slots=True)
class Hunk:
    """Ours from ``a`` to ``a_stop`` (excluded) was made theirs from ``b`` to ``b_stop``; one may be empty."""

    a: int
    a_stop: int
    b: int
    b_stop: int


def their_tokens(said: Sequence[Said]) -> tuple[TheirToken, ...]:
    """The words of an edited text."""
    return tuple(
        TheirToken(token, part.name, at) for at, part in enumerate(said) for token in tokens(part.text)
    )


class Comparison:
    """Our words beside theirs; ``pair`` has the index of theirs for each of ours that has one beside it."""

    def __init__(self, ours: Sequence[PrintedToken], theirs: Sequence[TheirToken]) -> None:
        self.ours, self.theirs = ours, theirs
        mine, others = [item.text for item in ours], [item.text for item in theirs]
        blocks = aligned(mine, others)
        self.blocks = at_borders(blocks, mine, others, self.ours_begin, self.theirs_begin)
        self.pair: dict[int, int] = {}
        for block in self.blocks:
            if block.tag in ("equal", "replace"):
                self.pair |= {block.a + step: block.b + step for step in range(block.a_stop - block.a)}

    @cached_property
    def back(self) -> dict[int, int]:
        """For each of theirs that has one of ours beside it, the index of that."""
        return {b: a for a, b in self.pair.items()}

    def ours_begin(self, at: int) -> int:
        """How much of a border is before one of ours: 2 for a turn, 1 for a paragraph or cue."""
        return _border(self.ours, at)

    def theirs_begin(self, at: int) -> int:
        """As `ours_begin`, of theirs."""
        return _border(self.theirs, at)

    def same(self, a: int) -> bool:
        """Whether one of ours stands there as it was."""
        b = self.pair.get(a)
        return b is not None and written(self.ours[a].text) == written(self.theirs[b].text)

    @property
    def alike(self) -> float:
        """The share (0-1) of their words that stand beside the same of ours, in order."""
        equal = sum(block.a_stop - block.a for block in self.blocks if block.tag == "equal")
        return equal / len(self.theirs) if self.theirs else 0.0

    def hunks(self) -> Iterator[Hunk]:
        """What differs, from first to last; a hunk ends where a turn of ours ends."""
        now: Hunk | None = None
        for a, a_stop, b, b_stop in self._pieces():
            opens = a < a_stop and self.ours_begin(a) == 2
            if now and (now.a_stop, now.b_stop) == (a, b) and not opens:
                now = Hunk(now.a, a_stop, now.b, b_stop)
                continue
            if now:
                yield now
            now = Hunk(a, a_stop, b, b_stop)
        if now:
            yield now

    def _pieces(self) -> Iterator[tuple[int, int, int, int]]:
        for block in self.blocks:
            if block.tag == "insert":
                yield block.a, block.a, block.b, block.b_stop
            elif block.tag == "delete":
                yield from ((at, at + 1, block.b, block.b) for at in range(block.a, block.a_stop))
            else:
                yield from self._changed(block)

    def _changed(self, block: Block) -> Iterator[tuple[int, int, int, int]]:
        for step in range(block.a_stop - block.a):
            a, b = block.a + step, block.b + step
            if not self.same(a):
                yield a, a + 1, b, b + 1


def _border(items: Sequence[PrintedToken] | Sequence[TheirToken], at: int) -> int:
    if at <= 0 or at >= len(items):
        return 2
    if items[at].name != items[at - 1].name:
        return 2
    return int(items[at].part != items[at - 1].part)
