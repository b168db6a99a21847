"""``chaitime queue``: what to check first in an episode, and how much of what may be wrong is settled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..json_output import json_option, print_json

if TYPE_CHECKING:
    from ...editorial.queue.item import Item, Queue
    from ...project.episode_folder import EpisodeFolder

SHOWN_AN_HOUR, FEWEST_SHOWN = 40, 10


@click.command()
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.option("--all", "everything", is_flag=True, help="Show every item, not only the riskiest.")
@json_option
@click.option(
    "--accept", "accepted", type=click.IntRange(1), multiple=True, metavar="N",
    help="Accept item N as it is; may be repeated.",
)  # fmt: skip
@click.option("--author", default="you", show_default=True, help="Who decides.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
def command(
    episode: Path,
    everything: bool,
    as_json: bool,
    accepted: tuple[int, ...],
    author: str,
    config: Path | None,
) -> None:
    """Show what to check first: names, numbers, unlikely words, changes of speaker, gaps.

    Riskiest first: 40 items for an hour of talk, or --all; what you corrected or accepted does not come back.
    No engine runs. The studio shows the same queue with the sound, by keyboard.
    """
    from ...editorial.queue.plain import plain_queue
    from ..opening import folder_at
    from ..queue_view import show

    folder = folder_at(episode)
    found, length_ms = _queue(folder, config)
    if accepted:
        _accept(folder, config, found.open, accepted, author)
        found, length_ms = _queue(folder, config)
    if as_json:
        print_json({"episode": str(folder.path), **plain_queue(found)})
        return
    shown = max(FEWEST_SHOWN, -(-SHOWN_AN_HOUR * length_ms // 3_600_000))
    show(found, len(found.open) if everything else shown)


def _queue(folder: EpisodeFolder, config: Path | None) -> tuple[Queue, int]:
    """The queue of an episode as it was made, and how long that is in milliseconds."""
    from ...editorial.queue.build import queue_of
    from ...pipeline.run import RunOptions, open_episode, registry_for

    kept = RunOptions(only_kept=True, unworded=True, force=True)
    with open_episode(folder, registry_for(folder, config), kept) as made:
        return queue_of(made.episode), int(made.episode.duration_ms)


def _accept(
    folder: EpisodeFolder, config: Path | None, items: tuple[Item, ...], numbers: tuple[int, ...], author: str
) -> None:
    """Keep what stands at some numbers of the queue as it is."""
    from ...editorial.queue.build import accepting
    from ...errors import UsageError
    from ...pipeline.deciding import carrying_words
    from ...pipeline.run import registry_for
    from ...project.decisions import decide

    missing = [number for number in numbers if number > len(items)]
    if missing:
        raise UsageError(f"there is no item {missing[0]}; the queue has {len(items)}")
    given = [one for number in numbers for one in accepting(items[number - 1])]
    if not given:
        raise UsageError("to settle how many people speak, name them: chaitime speakers EPISODE")
    decide(folder, carrying_words(given, folder, registry_for(folder, config)), author)
