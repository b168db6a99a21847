"""Every edit on one page: what was said beside what is printed, each change with the rule that made it."""

from __future__ import annotations

from collections import Counter

from ..domain.editing import EditMark, MarkedTurn
from ..domain.episode import Episode
from .rendering.clock import published
from .rendering.templates import Templates

FILE_NAME = "edits.html"
ON_REQUEST = True


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/edits.html.j2``; nothing for an episode in which nobody speaks."""
    if not episode.edits:
        return ""
    values = {
        "title": episode.title,
        "language": episode.language,
        "counts": rule_counts(episode),
        "turns": [_turn(turn, episode) for turn in episode.edits],
        "replacements": [
            {
                "rule": item.rule,
                "before": item.before,
                "after": item.after,
                "start_ms": published(episode, item.at_ms),
            }
            for item in episode.replacements
        ],
    }
    return templates.render(FILE_NAME, values)


def rule_counts(episode: Episode) -> tuple[tuple[str, int], ...]:
    """How often each rule left something out or changed it, most often first."""
    rules = [rule for turn in episode.edits for mark in turn.marks for rule in mark.rules]
    counted = Counter([*rules, *(item.rule for item in episode.replacements)])
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def _turn(turn: MarkedTurn, episode: Episode) -> dict[str, object]:
    return {
        "name": episode.cast.name(turn.label),
        "start_ms": published(episode, turn.start_ms),
        "edited": turn.edited,
        "marks": [_mark(mark, turn, episode) for mark in turn.marks],
    }


def _mark(mark: EditMark, turn: MarkedTurn, episode: Episode) -> dict[str, str]:
    """One mark: ``kind`` is kept, gone or changed; ``voice`` names another voice than the turn's."""
    kind = "kept" if not mark.rules else "changed" if mark.printed else "gone"
    return {
        "kind": kind,
        "spoken": mark.spoken,
        "printed": mark.printed,
        "rules": ", ".join(mark.rules),
        "voice": "" if mark.label == turn.label else episode.cast.name(mark.label),
    }
