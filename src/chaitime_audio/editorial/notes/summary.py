"""The summary: who it is, what about and with whom, and one line to come for."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from ...domain.brief import Brief
from ...domain.episode import Chapter, Exchange
from ...domain.people import Cast
from ..languages.reading import Reading, keys
from ..structure.titles import titles
from .gate import Gate
from .introduction import introduction
from .ranking import Point

TOPICS, GOOD_TOPIC, FEWEST_TOPIC_WORDS, SHORTEST_SUPERLATIVE = 3, 1.6, 3, 5
_EDGE = ' ,;:.!?…—“”‘"()'


@dataclass(frozen=True, slots=True)
class Talk:
    """What the notes are made from."""

    exchanges: tuple[Exchange, ...]
    cast: Cast
    chapters: tuple[Chapter, ...]
    brief: Brief
    gate: Gate

    @property
    def data(self) -> Reading:
        """The words of the talk's language."""
        return self.gate.data


def summary(talk: Talk, found: Sequence[str], hook: Point | None) -> str:
    """Return two or three sentences; ``found`` are keywords, for a talk whose questions name no topic.

    Empty without a guest, and for a language without the words for it.
    """
    words = dict(talk.data.summary)
    if not words or not talk.cast.guests:
        return ""
    called = _called(talk.cast, words)
    guests = called.guests
    who = [introduction(name, talk.exchanges, talk.cast, talk.brief, talk.data.code) for name in guests]
    who = [line for line in who if line]
    clause = len(who) == 1 and len(guests) == 1 and who[0].startswith(f"{guests[0]}, ")
    kind = (
        "one" if clause or (not who and len(guests) == 1) else "with" if len(who) == len(guests) else "many"
    )
    named = f"{who.pop()}," if clause else _listed(guests, words)
    topics, hosts = _topics(talk, found), _listed(called.hosts, words)
    opening = words[kind].format(guests=named, hosts=hosts, topics=topics) if topics and hosts else ""
    closing = words["hook"].format(name=called.name(hook.label), quote=plain(hook, talk.data)) if hook else ""
    lines = [line for line in (" ".join(who), opening, closing) if line]
    return " ".join(line[0].upper() + line[1:] for line in lines)


def plain(point: Point, data: Reading) -> str:
    """A sentence as a line of its own: no "So" before it."""
    said = point.text.split()
    while len(said) > 1 and said[0].casefold().rstrip(",") in data.joints:
        said = said[1:]
    text = " ".join(said)
    return text[0].upper() + text[1:]


def _called(cast: Cast, words: dict[str, str]) -> Cast:
    """The cast with "the guest" for a voice that nobody named."""
    return Cast(
        tuple(
            voice
            if voice.named
            else replace(voice, person=replace(voice.person, name=words[voice.person.role]))
            for voice in cast.voices
        )
    )


def _topics(talk: Talk, found: Sequence[str]) -> str:
    """What it is about: up to three topics that the host's questions name, else keywords.

    A question that opens a chapter counts for more.
    """
    opening = {chapter.start_ms for chapter in talk.chapters}
    data, words = talk.data, dict(talk.data.summary)
    named: list[tuple[float, int, str]] = []
    for at, item in enumerate(talk.exchanges):
        if item.question is not None and item.asks:
            options = titles(" ".join(item.question.text.split()), data.code, data)
            sure = (title for title in options if talk.gate.heads(title.text))
            best = next((title for title in sure if _names(title.text, data)), None)
            score = best.score + (item.question.span.start_ms in opening) if best else 0.0
            if best is not None and score >= GOOD_TOPIC:
                named.append((score, at, best.text))
    best_first = sorted(named, key=lambda topic: (-topic[0], topic[1]))[:TOPICS]
    in_order = [text for _, _, text in sorted(best_first, key=lambda topic: topic[1])]
    said = {word.strip(_EDGE) for item in talk.exchanges for one in item.remarks for word in one.text.split()}
    return _listed([_in_line(text, said) for text in in_order] or found[:TOPICS], words)


def _in_line(heading: str, said: AbstractSet[str]) -> str:
    """A heading in the middle of a sentence: its first word in small letters if it was said so anywhere."""
    first = heading.split(maxsplit=1)[0].strip(_EDGE)
    small = first[:1].lower() + first[1:]
    return heading[:1].lower() + heading[1:] if small in said else heading


def _names(title: str, data: Reading) -> bool:
    """Whether a heading names a topic: no question, nobody addressed, nothing said about it."""
    said = keys(title)
    bare = said[0] in data.determiners and len(said) < FEWEST_TOPIC_WORDS
    bare = bare or all(
        key in data.light | data.vague | data.light_acts | data.borders or _most(key) for key in said
    )
    spoken = set(said) & (data.asking_words | data.verbs | data.addressed)
    acts = data.is_gerund(said[0]) and (len(said) == 1 or said[0] in data.light | data.light_acts)
    return not (
        title.endswith("?") or spoken or bare or acts or said[-1] in data.light or said[-1].endswith("ed")
    )


def _most(key: str) -> bool:
    """Whether a word says that something is the most of its kind ("hardest")."""
    return key.endswith("est") and len(key) > SHORTEST_SUPERLATIVE


def _listed(names: Sequence[str], words: dict[str, str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {words['and']} {names[-1]}"
