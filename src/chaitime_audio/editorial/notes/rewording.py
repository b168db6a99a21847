"""Notes in better words: what a language model proposed takes the place of a line where the guard lets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...domain.brief import Brief, Show
from ...domain.episode import Chapter, Exchange, Notes
from ...domain.people import Cast
from ...domain.wording import Draft, Wording
from ..structure.titles import LONGEST_TITLE, few_words
from .gate import Gate, gate_for
from .guard import Guard, guard_of
from .headlines import LONGEST as LONGEST_HEADLINE
from .headlines import MOST as MOST_HEADLINES

LONGEST_SUMMARY, FEWEST_SUMMARY = 600, 40
LONGEST_CLAIM, FEWEST_CLAIM = 280, 20
FEWEST_HEADING = 4
HEADINGS = ("chapter", "title")


@dataclass(frozen=True, slots=True)
class Reworded:
    """Notes and chapters as they are printed, and why proposals were left out."""

    notes: Notes
    chapters: tuple[Chapter, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Who talks in which show, as the human named them: all that may be said besides the talk."""

    cast: Cast
    brief: Brief
    show: Show


def draft_of(
    exchanges: Sequence[Exchange], subject: Subject, notes: Notes, chapters: Sequence[Chapter], language: str
) -> Draft:
    """Return what a language model gets to see; the human's chapter titles and the opening are not in it."""
    cast, own = subject.cast, {wish.title for wish in subject.brief.chapters}
    turns = [
        f"{cast.name(remark.label)}: {' '.join(remark.text.split())}"
        for item in exchanges
        for remark in item.remarks
    ]
    return Draft(
        language=language,
        text="\n".join(turns),
        guests=cast.guests,
        hosts=cast.hosts,
        show=subject.show.name,
        summary=notes.summary,
        claims=notes.claims,
        titles=notes.titles,
        chapters=tuple(chapter.title for chapter in chapters[1:] if chapter.title not in own),
    )


def apply_rewording(
    draft: Draft, wording: Wording, notes: Notes, chapters: tuple[Chapter, ...], gate: Gate | None = None
) -> Reworded:
    """Return the notes with every proposed line that passes; quotes, links and clips stay as they are.

    A line passes that the guard finds in the talk, and that may be printed large (`Gate`).
    """
    if wording == Wording():
        return Reworded(notes, chapters)
    if wording.failure:
        return Reworded(notes, chapters, (f"{wording.failure}; the notes are as extracted",))
    check = _Check(guard_of(draft), gate or gate_for(draft.language), [])
    summary = notes.summary
    named = {part for guest in draft.guests for part in guest.split()}
    if check.passes(wording.summary, FEWEST_SUMMARY, LONGEST_SUMMARY, "summary"):
        if any(part in wording.summary for part in named):
            summary = wording.summary
        else:
            check.refused.append("summary: it names no guest")
    claims = _same_points(
        notes.claims,
        check.each(notes.claims, wording.claims, (FEWEST_CLAIM, LONGEST_CLAIM), "claim"),
        check,
    )
    headings = check.each(draft.chapters, wording.chapters, (FEWEST_HEADING, LONGEST_TITLE), "chapter")
    titles = [
        text for text in wording.titles if check.passes(text, FEWEST_HEADING, LONGEST_HEADLINE, "title")
    ]
    offered = tuple(dict.fromkeys((*titles, *notes.titles)))[:MOST_HEADLINES]
    named_again = _renamed(chapters, dict(zip(draft.chapters, headings, strict=True)))
    said = tuple(f"of the language model's notes left out, {reason}" for reason in check.refused)
    return Reworded(replace(notes, summary=summary, claims=claims, titles=offered), named_again, said)


@dataclass(frozen=True, slots=True)
class _Check:
    """Lets lines pass, and remembers why others did not."""

    guard: Guard
    gate: Gate
    refused: list[str]

    def passes(self, line: str, fewest: int, most: int, what: str) -> bool:
        if not line:
            return False
        reason = self.guard.refuses(line) or self._slips(line, what)
        if not reason and not fewest <= len(line) <= most:
            reason = f"it has {len(line)} characters"
        if reason:
            self.refused.append(f"{what}: {reason}")
        return not reason

    def _slips(self, line: str, what: str) -> str:
        """Why a line may not be printed large: a heading is no sentence, before a claim stands a name."""
        if what in HEADINGS:
            bare = line.partition(" — ")[0].strip("“”")
            return "" if self.gate.heads(bare) else "it is no heading"
        name, _, claim = line.partition(": ")
        return self.gate.words(claim if claim and name in self.guard.text else line)

    def each(
        self, old: tuple[str, ...], new: tuple[str, ...], limits: tuple[int, int], what: str
    ) -> tuple[str, ...]:
        """The old lines, each in the new words that stand at its place, if those pass."""
        if len(new) != len(old):
            if new:
                self.refused.append(f"{what}s: {len(new)} for {len(old)}")
            return old
        return tuple(
            after if self.passes(after, *limits, what) else before
            for before, after in zip(old, new, strict=True)
        )


def _same_points(old: tuple[str, ...], new: tuple[str, ...], check: _Check) -> tuple[str, ...]:
    """The new claims, but the old one where a new one makes another one's point, so that none comes twice."""
    kept = []
    for at, (before, after) in enumerate(zip(old, new, strict=True)):
        other = after != before and check.guard.nearest(after, (before, *old[:at], *old[at + 1 :])) > 0
        if other:
            check.refused.append("claim: it makes another one’s point")
        kept.append(before if other else after)
    return tuple(kept)


def _renamed(chapters: tuple[Chapter, ...], headings: dict[str, str]) -> tuple[Chapter, ...]:
    """The chapters under new headings; all old ones where two would be called the same."""
    new = tuple(
        replace(item, title=heading, short="" if few_words(heading) else item.short)
        for item in chapters
        for heading in (headings.get(item.title, item.title),)
    )
    return new if len({item.title.casefold() for item in new}) == len(new) else chapters
