"""Two locks: a long one for a run, a short one for the files that a person writes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from chaitime_audio.errors import LockedError
from chaitime_audio.pipeline import freshness
from chaitime_audio.project import episode_file, locks
from chaitime_audio.project.episode_file import Overrides
from chaitime_audio.project.episode_folder import EpisodeFolder


def test_the_files_can_be_written_while_a_run_holds_the_episode(tmp_path: Path) -> None:
    """Whoever edits episode.toml need not wait for the run."""
    episode = EpisodeFolder(tmp_path)
    with episode.run_lock():
        episode_file.amend(episode, Overrides(title="Four o'clock"))
    assert episode_file.read_brief(episode).title == "Four o'clock"


def test_writers_follow_one_another(tmp_path: Path) -> None:
    """Of many who write at the same time, none loses what another wrote."""
    episode = EpisodeFolder(tmp_path)
    episode_file.create(episode, Overrides())
    names = [f"Guest {chr(65 + count)}" for count in range(8)]

    def add(name: str) -> None:
        episode_file.rewrite(episode, lambda text: f'{text}\n[[people]]\nname = "{name}"\nrole = "guest"\n')

    threads = [threading.Thread(target=add, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.name for one in episode_file.read_brief(episode).people) == names


def test_a_file_that_is_kept_by_another_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that keeps the lock of the files is waited for, then named as the reason; exit code 75."""
    episode = EpisodeFolder(tmp_path)
    episode_file.create(episode, Overrides())
    before = episode.brief.read_bytes()
    monkeypatch.setattr(locks, "FILE_LOCK_WAIT_S", 0.1)
    with episode.file_lock(), pytest.raises(LockedError, match="another program is writing") as refused:
        episode_file.amend(episode, Overrides(title="x"))
    assert refused.value.exit_code == 75
    assert episode.brief.read_bytes() == before


def test_the_locks_are_no_part_of_what_a_run_has_left(tmp_path: Path) -> None:
    """Their files change no fingerprint, so taking a lock makes no episode anew."""
    from chaitime_audio.pipeline.registry import Registry
    from chaitime_audio.project.settings import Settings

    episode, registry = EpisodeFolder(tmp_path), Registry(Settings())
    before = freshness.fingerprint(episode, registry)
    with episode.run_lock(), episode.file_lock():
        assert freshness.fingerprint(episode, registry) == before
