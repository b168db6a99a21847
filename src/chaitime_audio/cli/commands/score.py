"""``chaitime score``: our text beside one that a person corrected, in figures."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import click

from ...domain.episode import Episode
from ...domain.scoring import Said, Score
from ...domain.scripts import join_words
from ..json_output import json_option, print_json


@click.command()
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    required=True,
    help="The corrected text: .vtt, .srt or .json (spoken), .md (the post).",
)
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@json_option
def command(episode: Path, against: Path, config: Path | None, as_json: bool) -> None:
    """Measure how right an episode is, against a text that you corrected.

    Captions and JSON transcripts are compared with what was spoken, a post with the edited text. It shows
    which model and which glossary serve your show best.
    """
    from ...editorial.scoring import score
    from ...project.reference_transcript import read_reference
    from ..opening import opened

    theirs, kind = read_reference(against)
    with opened(episode, config, -1) as made:
        found = made.episode
    ours = _spoken(found) if kind == "spoken" else _edited(found)
    names = [
        *(voice.person.name for voice in found.cast.voices if voice.named),
        *(person.name for person in found.brief.people),
        *(turn.name for turn in theirs),
        *found.show.vocabulary,
        *(term.spelling for term in found.show.glossary),
    ]
    result = score(ours, theirs, names, kind)
    if as_json:
        print_json(dataclasses.asdict(result))
        return
    for line in _lines(result):
        click.echo(line)


def _spoken(episode: Episode) -> list[Said]:
    """The recognised words by speaker, with times in the MP3."""
    from ...formats.rendering.clock import runs

    return [
        Said(
            run.name,
            join_words(word.text for word in run.words),
            run.words[0].start_ms,
            tuple(word.start_ms for word in run.words for _ in word.text.split()),
        )
        for run in runs(episode, str)
    ]


def _edited(episode: Episode) -> list[Said]:
    """The remarks of the post."""
    return [
        Said(episode.cast.name(remark.label), remark.text)
        for exchange in episode.post
        for remark in exchange.remarks
    ]


def _lines(result: Score) -> Iterator[str]:
    text = "spoken text" if result.compared == "spoken" else "post"
    yield f"compared     {result.words} words of the {text}"
    yield f"WER          {result.wer:.2f} %  words that differ"
    yield f"cpWER        {result.cpwer:.2f} %  with words given to the wrong person"
    if result.name_recall is None:
        yield "names        none occur in the corrected text"
    else:
        yield f"names        {result.name_recall:.0f} % of {result.names} right"
    if result.border_median_ms is None:
        yield "borders      the corrected text has no times"
    else:
        yield (
            f"borders      {result.border_median_ms:.0f} ms off in the median, "
            f"{result.border_p90_ms:.0f} ms in nine of ten ({result.borders})"
        )
    if result.differences:
        yield "longest differences:"
    for item in result.differences:
        yield f"  … {item.before} [-{item.theirs}-] {{+{item.ours}+}}"
