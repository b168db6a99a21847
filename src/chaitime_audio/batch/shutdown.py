"""How a batch ends that was asked to stop: soon, with no ffmpeg left, and a hook under way let finish."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from concurrent.futures import Future, wait
from contextlib import suppress

from ..audio.ffmpeg import stop_all
from . import hooks

LEAVE_S = 1.2
"""So long at most is waited for threads: one may hang in a read from a share that is gone."""
SOON_S = 0.5


def shut_down(busy: Collection[Future[None]], waits: Callable[[str], object]) -> None:
    """Stop ffmpeg as often as anybody starts it, until all of ``busy`` is over or patience ends.

    A hook under way may be an upload: it is waited for as long as it may take. ``waits`` is told once
    when this takes a moment, with the name of the hook, else an empty one.
    """
    began, told = time.monotonic(), False
    while wait(busy, timeout=0.1).not_done:
        stop_all()
        hook, spent = hooks.under_way(), time.monotonic() - began
        if spent > LEAVE_S and not hook:
            return
        if spent > SOON_S and not told:
            told = True
            with suppress(OSError):  # the terminal may be what was closed
                waits(hook)
