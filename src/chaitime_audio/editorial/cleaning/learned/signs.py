"""What speaks for or against a word, as names for the linear part and as numbers for the trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from .features import MARKS, NONE, Seen, stem

Frequencies: TypeAlias = Mapping[str, float]
"""How often editors left out a word, or one of a pair ("a b": its first, "a b<": its second); "?" is any."""
UNSEEN = -6.0
"""The linear score of a word that is not looked at."""
OFTEN, NEAR_BREAK, LEAST_RESTART = 0.04, 5, -3
RULES = ("repeat", "false start", "empty phrase")
"""Rules whose proposals the trees know by name."""


def looked_at(turn: Seen, at: int, often: Frequencies) -> bool:
    """Whether a word is one that editors leave out now and then, or stands where something breaks off."""
    if often.get(turn.keys[at], 0.0) >= OFTEN:
        return True
    restart = turn.restarts[at]
    if restart is not None and restart.score > LEAST_RESTART:
        return True
    return turn.next_mark[at] == "-" and turn.to_mark[at] <= NEAR_BREAK


def signs(turn: Seen, at: int) -> list[str]:
    """Names of what speaks for or against the word at an index."""
    word, kind, out = turn.keys[at], turn.classes[at], list(turn.repeats[at])
    out += _neighbours(turn, at, word)
    out += _clause(turn, at, word)
    restart = turn.restarts[at]
    if restart is not None:
        mark = restart.mark
        out += [
            f"rs{restart.words}{mark}",
            f"rsm{restart.alike}{mark}",
            f"rso{restart.inside}",
            f"rs{mark}{restart.alike}{restart.exact}",
            f"rsx{min(4, max(-4, restart.score))}",
        ]
    if kind in ("J", "Y", "C"):
        out.append(f"dens{turn.dense[at]}{word}")
    if turn.capital[at] and turn.begins[at] and word[:2] not in ("i", "i'"):
        out.append("cap")
    if kind == "9":
        out.append("digit")
    return out + _places(turn, at, word)


def _neighbours(turn: Seen, at: int, word: str) -> list[str]:
    before, after, earlier, later = turn.key(at - 1), turn.key(at + 1), turn.key(at - 2), turn.key(at + 2)
    left, mark, right = turn.mark(at - 1), turn.mark(at), turn.mark(at + 1)
    near = turn.kind(at - 1), turn.kind(at), turn.kind(at + 1)
    return [
        "c=" + word,
        f"c,b={word}{mark}",
        f"c,ab={word}{left}{mark}",
        f"ab={left}{mark}",
        f"abd={left}{mark}{right}",
        "p=" + before,
        "n=" + after,
        f"pc={before}|{word}",
        f"cn={word}|{after}",
        "p2=" + earlier,
        "n2=" + later,
        f"cnn={word}|{after}|{later}",
        f"ppc={earlier}|{before}|{word}",
        f"pcn={before}|{word}|{after}",
        f"cn,b={word}|{after}{mark}",
        f"pc,a={before}|{word}{left}",
        f"W3={near[0]}{near[1]}{near[2]}",
        f"Wc={near[0]}{word}{near[2]}",
        f"Wcab={near[0]}{left}{word}{mark}{near[2]}",
        f"W5={turn.kind(at - 2)}{near[0]}{near[1]}{near[2]}{turn.kind(at + 2)}",
        f"pW={near[0]}{word}{left}",
        f"nW={word}{mark}{near[2]}",
    ]


def _clause(turn: Seen, at: int, word: str) -> list[str]:
    ahead, back, following, last = (
        turn.to_mark[at],
        turn.from_mark[at],
        turn.next_mark[at],
        turn.last_mark[at],
    )
    first, behind = at - back, at + ahead + 1
    near, far, long = min(ahead, 6), min(back, 6), min(back + ahead, 7)
    same = int(stem(turn.key(first)) == stem(turn.key(behind)))
    return [
        f"np{following}{near}",
        f"pp{last}{far}",
        f"npp{following}{near}{last}{far}",
        f"cnp={word}{following}{min(near, 3)}",
        f"cl{last}{following}{long}",
        f"rw{following}{turn.kind(first)}{turn.kind(behind)}",
        f"rx{following}{near}{turn.key(behind)}",
        f"rl{last}{following}{turn.key(at + ahead)}",
        f"same{following}{same}{long}",
        f"cx={word}{following}{turn.key(behind)}",
    ]


def _places(turn: Seen, at: int, word: str) -> list[str]:
    """Where a word stands in its turn and its sentence."""
    out, count, long = [], len(turn.keys), turn.begins[at] + turn.ends[at] + 1
    if at == 0:
        out += ["first", "first=" + word, f"first,b={word}{turn.marks[at]}", f"first,rl{min(count, 6)}"]
        if turn.asked:
            out.append("asked=" + word)
    if at == count - 1:
        out += ["last", "last=" + word]
    if count <= 3:
        out += [f"rl{count}", f"rl{count}={word}"]
    if turn.begins[at] == 0:
        out += ["ss", "ss=" + word, f"ss,b={word}{turn.marks[at]}", f"ssl{min(long, 4)}={word}"]
    if turn.begins[at] == 1:
        out.append(f"s1={turn.key(at - 1)}|{word}")
    if turn.ends[at] == 0:
        out.append("se=" + word)
    if long <= 3:
        out += [f"sl{long}", f"sl{long}={word}"]
    return out


def measures(
    turn: Seen, at: int, scores: Sequence[float], often: Frequencies, proposed: str = ""
) -> list[float]:
    """Numbers about the word at an index for the trees.

    ``scores`` are the linear scores of the turn's words, ``proposed`` the rule that would leave the word out.
    """
    count, word, ahead, back = len(turn.keys), turn.keys[at], turn.to_mark[at], turn.from_mark[at]
    any_word = often["?"]
    around = [scores[at + step] if 0 <= at + step < count else UNSEEN for step in (0, -3, -2, -1, 1, 2, 3)]
    clause = scores[max(0, at - back) : at + ahead + 1]
    forward = scores[at : at + ahead + 1]
    restart = turn.restarts[at]
    begun = (
        [-9, 0, 0, -1] if restart is None else [restart.score, restart.words, restart.alike, restart.inside]
    )
    behind = turn.key(at + ahead + 1)
    return [
        *around,
        often.get(word, any_word),
        often.get(turn.keys[at - 1], any_word) if at else -1.0,
        often.get(turn.keys[at + 1], any_word) if at + 1 < count else -1.0,
        often.get(f"{word} {turn.keys[at + 1]}", -1.0) if at + 1 < count else -1.0,
        often.get(f"{turn.keys[at - 1]} {word}<", -1.0) if at else -1.0,
        len(word),
        turn.begins[at],
        turn.ends[at],
        turn.begins[at] + turn.ends[at] + 1,
        count,
        at,
        count - 1 - at,
        turn.dense[at],
        len(turn.repeats[at]),
        *begun,
        *(MARKS.index(turn.mark(at + step)) for step in (-1, 0, 1)),
        turn.capital[at],
        ahead,
        back,
        MARKS.index(turn.next_mark[at]),
        MARKS.index(turn.last_mark[at]),
        behind != NONE and stem(turn.key(at - back)) == stem(behind),
        sum(clause) / len(clause),
        sum(forward) / len(forward),
        min(clause),
        max(clause),
        *(proposed == rule for rule in RULES),
        bool(proposed),
    ]
