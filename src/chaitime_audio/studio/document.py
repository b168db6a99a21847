"""An episode as the page gets it: people, chapters, and what was said, paragraph by paragraph.

Words are short lists, since there are tens of thousands of them: id, text, start and end in milliseconds of
the recording, probability (0 to 1), and 1 where the post leaves the word out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from ..domain.episode import Episode, Paragraph
from ..domain.scripts import join_words, unspaced
from ..domain.sound import Span
from ..domain.speech import Utterance, Word
from ..domain.text import printable


def document(episode: Episode, length_ms: int) -> dict[str, Any]:
    """Return what the page shows of an episode; ``length_ms`` is the recording's. Plain JSON values."""
    return {
        "title": printable(episode.title, " "),
        "show": printable(episode.show.name, " "),
        "language": episode.language,
        "blank": "" if _unspaced(episode) else " ",
        "length_ms": length_ms,
        "people": people(episode),
        "chapters": [{"title": item.title, "start_ms": int(item.start_ms)} for item in episode.chapters],
        "cuts": cuts(episode),
        "notes": [*episode.warnings, *episode.questions],
        "paragraphs": paragraphs(episode),
    }


def _unspaced(episode: Episode) -> bool:
    """Whether most letters of what was said are of a script that puts no blanks between words."""
    letters = [char for item in _said(episode) for word in item.words for char in word.text if char.isalpha()]
    return 2 * sum(map(unspaced, letters)) > len(letters)


def people(episode: Episode) -> list[dict[str, Any]]:
    """Every voice with its name, its role and how many milliseconds it speaks."""
    return [
        {
            "label": voice.label,
            "name": printable(voice.person.name, " "),
            "role": voice.person.role,
            "named": voice.named,
            "talk_ms": voice.talk_ms,
            "evidence": list(voice.evidence),
        }
        for voice in episode.cast.voices
    ]


def paragraphs(episode: Episode) -> list[dict[str, Any]]:
    """What was said in order of time: a new paragraph where another voice speaks or the post begins one."""
    printed = tuple(_printed(episode))
    begins = frozenset(paragraph.word_ids[0] for paragraph in printed if paragraph.word_ids)
    kept = frozenset(chain.from_iterable(paragraph.word_ids for paragraph in printed))
    found: list[dict[str, Any]] = []
    for utterance in _said(episode):
        for word in utterance.words:
            if not found or _begins(found[-1], utterance, word, begins):
                found.append({"label": utterance.label, "aside": utterance.backchannel, "words": []})
            found[-1]["words"].append(plain_word(word, kept))
    for paragraph in found:
        paragraph["text"] = join_words(word[1] for word in paragraph["words"])
    return found


def cuts(episode: Episode) -> list[list[Any]]:
    """What is not to be heard: start and end in milliseconds, and the id of the correction that cuts it.

    The id is empty for what ``episode.toml`` cuts, or mastering where nobody speaks.
    """
    brief = episode.brief
    decided = [(Span(*item.cut), item.id) for item in brief.corrections if item.cut]
    decided += [(cut, "") for cut in brief.cuts]
    more = [(cut, "") for cut in episode.master.cuts if not any(cut.overlap_ms(one) for one, _ in decided)]
    return [[int(cut.start_ms), int(cut.end_ms), number] for cut, number in sorted(decided + more)]


def _said(episode: Episode) -> tuple[Utterance, ...]:
    """Every word of the recording as it was heard: what was cut is shown, and nothing masked."""
    return episode.recorded.utterances if episode.recorded else episode.spoken


def _printed(episode: Episode) -> Iterator[Paragraph]:
    for exchange in episode.post:
        for remark in exchange.remarks:
            yield from remark.paragraphs


def _begins(last: dict[str, Any], utterance: Utterance, word: Word, begins: frozenset[int]) -> bool:
    """Whether a word begins a paragraph: what the post leaves out of its start stands in it, too."""
    changes = (last["label"], last["aside"]) != (utterance.label, utterance.backchannel)
    return changes or (word.id in begins and not all(one[5] for one in last["words"]))


def plain_word(word: Word, kept: frozenset[int]) -> list[Any]:
    """A word as the page has it; ``kept`` are the ids of those that the post prints."""
    start_ms, end_ms = int(word.span.start_ms), int(word.span.end_ms)
    return [word.id, word.text, start_ms, end_ms, round(word.probability, 3), int(word.id not in kept)]
