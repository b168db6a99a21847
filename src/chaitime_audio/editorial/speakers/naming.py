"""Gives voices their names, with the evidence for each.

In this order: times at which the human says a person speaks; voices known from before; what is
said ("I'm Maya Rao", "joined by Tom Ellery"; a name called out belongs to somebody else, most
often to whoever speaks next); the role of host, told by who opens, asks and closes. Talk time names nobody.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.brief import Brief, Show
from ...domain.people import Cast, KnownVoice, Person, Role, Voice
from ...domain.sound import SourceMs
from ...domain.speech import UNKNOWN, Diarization, Utterance
from ...domain.timecode import clock
from ..languages.naming import naming_for
from .assignment import assigned
from .enrolled import recalled
from .evidence import Case, Scene, case_for, hosting
from .name_signs import ENOUGH, signs, spellings
from .spoken_names import full_names, mentions
from .spoken_people import MOST_PEOPLE, heard_people

LIKELY = 0.5
_PARTS = 1000
_NEAR_MS = 400
_Named = dict[str, tuple[Person, tuple[str, ...]]]
_Tied = dict[str, tuple[Person, str]]


def name(
    utterances: tuple[Utterance, ...],
    diarization: Diarization,
    brief: Brief,
    show: Show,
    language: str,
    *,
    known: tuple[KnownVoice, ...] = (),
) -> Cast:
    """Return the cast by first appearance. A voice nothing speaks for stays ``Speaker N``.

    ``known`` are voices of earlier episodes, told by their prints.
    """
    labels = tuple(dict.fromkeys(item.label for item in utterances if item.label != UNKNOWN))
    naming = naming_for(language)
    said = mentions(utterances, naming)
    likeness = {label: hosting(label, utterances, naming, language) for label in labels}
    host = max(labels, key=lambda label: likeness[label].points, default="")
    tied, trouble = _tied(brief.people, diarization)
    given = tuple(person for person in _given(brief, show) if person.name not in trouble)
    enough = len(given) >= len(labels)
    recall = recalled(diarization.prints, known, given, only_given=enough)
    tied = _with_recalled(tied, {label: who for label, who in recall.items() if label in labels})
    settled = (*given, *(person for person, _ in tied.values()))
    full = full_names(utterances, naming)
    heard = () if enough else heard_people(settled, said, full, naming, show)
    heard = heard[:MOST_PEOPLE]
    scene = Scene(labels, said, host if _stands_out(host, likeness) else "", given, heard)
    chosen, maybe = _with_two_signs(_assigned(scene, tied), tied, scene, language)
    hints = (*likeness[host].evidence[:1],) if host else ()
    has_host = any(person.role == "host" and person in given for person, _ in chosen.values())
    voices = []
    for number, label in enumerate(labels, 1):
        role: Role = "host" if label == host and not has_host else "guest"
        talk_ms = _talk(label, diarization)
        if label in chosen:
            person, evidence = chosen[label]
            person = person if person in given else replace(person, role=role)
            voices.append(Voice(label, person, True, evidence, talk_ms))
        else:
            why = (*(hints if label == host else ()), *trouble.values())
            perhaps = maybe.get(label, ())
            voices.append(Voice(label, Person(f"Speaker {number}", role), False, why, talk_ms, perhaps))
    return Cast(tuple(voices))


def _with_recalled(tied: _Tied, recall: _Tied) -> _Tied:
    """Add voices known by their sound to those the human tied, who come first."""
    names = {person.name for person, _ in tied.values()}
    return tied | {
        label: (person, why)
        for label, (person, why) in recall.items()
        if label not in tied and person.name not in names
    }


def _stands_out(host: str, likeness: dict[str, Case]) -> bool:
    """Whether one voice is more like a host than all the others; if not, roles place nobody."""
    return all(likeness[host].points > case.points for label, case in likeness.items() if label != host)


def _talk(label: str, diarization: Diarization) -> int:
    return sum(turn.span.duration_ms for turn in diarization.exclusive if turn.label == label)


def _given(brief: Brief, show: Show) -> tuple[Person, ...]:
    """People the human named: those of the episode, and the show's host unless it has its own."""
    hosts = any(person.role == "host" for person in brief.people)
    return brief.people if hosts or not show.host else (*brief.people, Person(show.host, "host"))


def _tied(people: tuple[Person, ...], diarization: Diarization) -> tuple[_Tied, dict[str, str]]:
    """Voices the human tied to people by time, and what is wrong with ties that do not agree."""
    tied: _Tied = {}
    trouble: dict[str, str] = {}
    for person in people:
        heard = {_label_at(at, diarization) for at in person.at}
        times = ", ".join(clock(at) for at in person.at)
        label = next(iter(heard), "")
        if len(heard) == 1 and label and label not in tied:
            tied[label] = (person, f"episode.toml: speaks at {times}")
        elif person.at:
            trouble[person.name] = (
                f"episode.toml: {person.name} speaks at {times}, but no single voice speaks at all of them"
            )
    return tied, trouble


def _label_at(at: SourceMs, diarization: Diarization) -> str:
    near = [(max(t.span.start_ms - at, at - t.span.end_ms, 0), t.label) for t in diarization.exclusive]
    distance, label = min(near, default=(_NEAR_MS + 1, ""))
    return label if distance <= _NEAR_MS else ""


def _assigned(scene: Scene, tied: _Tied) -> _Named:
    """The assignment of people to voices for which most speaks; people nothing speaks for are left out."""
    done: _Named = {label: (person, (why,)) for label, (person, why) in tied.items()}
    taken = [person for person, _ in done.values()]
    labels = [label for label in scene.labels if label not in done]
    most = max(MOST_PEOPLE, len(scene.given))
    people = [person for person in (*scene.given, *scene.heard) if person not in taken][:most]
    cases = [[case_for(label, person, scene) for person in people] for label in labels]
    worths = [[round((case.points - LIKELY) * _PARTS) for case in row] for row in cases]
    for label, row, at in zip(labels, cases, assigned(worths), strict=True):
        if at is not None:
            done[label] = (people[at], tuple(row[at].evidence))
    return _rest_by_elimination(done, scene)


def _with_two_signs(
    chosen: _Named, tied: _Tied, scene: Scene, language: str
) -> tuple[_Named, dict[str, tuple[str, ...]]]:
    """Names that two signs speak for, in one spelling; the others by label, as something to ask.

    A name the human gave, or a voice that is known, needs no second sign: the name is sure.
    """
    kept: _Named = {}
    maybe: dict[str, tuple[str, ...]] = {}
    for label, (person, why) in chosen.items():
        if label in tied or person in scene.given:
            kept[label] = (person, why)
            continue
        ways, clear = spellings(person, scene)
        if clear and signs(label, person, scene, language) >= ENOUGH:
            spelt = " ".join([ways[0], *person.name.split()[1:]])
            kept[label] = (replace(person, name=spelt), why)
        else:
            maybe[label] = ways if len(ways) > 1 else (person.name,)
    return kept, maybe


def _rest_by_elimination(done: _Named, scene: Scene) -> _Named:
    """One voice and one given name left over belong together."""
    left = [label for label in scene.labels if label not in done]
    taken = [person for person, _ in done.values()]
    free = [person for person in scene.given if person not in taken]
    if len(left) == len(free) == 1 and done:
        done[left[0]] = (free[0], ("the only voice and the only name left",))
    return done
