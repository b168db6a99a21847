"""What speaks for a voice being a person, in points and in sentences for people."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...domain.people import Person
from ...domain.speech import Utterance
from ...domain.timecode import clock
from ..languages.naming import Naming
from ..structure.questions import asking_sentences
from .spoken_names import Mention, closeness

_POINTS = {"itself": 10.0, "other": 3.0, "address": 2.0}
_AGAINST = -4.0
_LEADER_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Scene:
    """All that naming looks at: voices, mentions, the voice most like a host (empty: none is), people."""

    labels: tuple[str, ...]
    said: tuple[Mention, ...]
    host: str
    given: tuple[Person, ...]
    heard: tuple[Person, ...] = ()

    def means(self, said: str, person: Person) -> bool:
        """Whether a name that was said is this person's: like it, and like nobody else's more (Tim, Tom)."""
        ours = closeness(said, person.name)
        return ours > 0 and ours == max(
            closeness(said, one.name) for one in (*self.given, *self.heard, person)
        )


@dataclass(slots=True)
class Case:
    """Points and evidence while they are gathered; only what speaks for it is kept in words."""

    points: float = 0.0
    evidence: list[str] = field(default_factory=list)

    def add(self, points: float, sentence: str = "") -> None:
        """Take a piece of evidence; the same sentence counts in words once."""
        self.points += points
        if points > 0 and sentence and sentence not in self.evidence:
            self.evidence.append(sentence)


def case_for(label: str, person: Person, scene: Scene) -> Case:
    """Gather everything that speaks for or against a voice being a person."""
    case = Case()
    for item in scene.said:
        if scene.means(item.name, person):
            _add_mention(case, label, item)
    if person in scene.given and scene.host:
        fits = (person.role == "host") == (label == scene.host)
        like = "asks, opens or closes like a host" if label == scene.host else "answers like a guest"
        case.add(1.0 if fits else -1.0, like)
    return case


def _add_mention(case: Case, label: str, item: Mention) -> None:
    quote = f"“{item.words}” at {clock(item.at_ms)}"
    if item.way == "itself":
        case.add(_POINTS["itself"] if item.label == label else -_POINTS["itself"], f"says {quote}")
    elif item.label == label:
        case.add(_AGAINST)
    elif label == item.follower or label == item.leader:
        share = 1.0 if label == item.follower else _LEADER_SHARE
        verb = "is presented with" if item.way == "other" else "is addressed with"
        case.add(_POINTS[item.way] * share, f"{verb} {quote}")


def hosting(label: str, utterances: tuple[Utterance, ...], naming: Naming, language: str) -> Case:
    """What speaks for a voice being the host: opening and closing words, and asking."""
    case = Case()
    own = [item for item in utterances if item.label == label and not item.backchannel]
    for phrases, what in ((naming.opening, "opens"), (naming.closing, "closes")):
        for item in own:
            text = item.text.casefold().replace("’", "'")
            phrase = next((words for words in phrases if words in text), "")
            if phrase:
                case.add(2.0, f"{what} with “{phrase}” at {clock(item.span.start_ms)}")
                break
    asked = sum(bool(asking_sentences(item.text, language)) for item in own)
    case.add(6.0 * asked / max(1, len(own)), f"asks in {asked} of {len(own)} remarks")
    return case
