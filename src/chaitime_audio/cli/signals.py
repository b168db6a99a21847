"""Ctrl-C, SIGTERM and a closed terminal: everything under way is cancelled, and the process ends soon.

The main thread unwinds by an exception, as Python has it; a thread beside it cancels the runs and
ends the process should the main thread, or a library in another one, not come to an end by itself.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from ..pipeline import stopping

TERMINATED, INTERRUPTED = 143, 130
GRACE_S = 1.4
"""So long the main thread has for unwinding, before the process ends in the middle of whatever it does."""
_LOOK_S = 0.1
_CODES = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: TERMINATED, signal.SIGHUP: TERMINATED}


class Terminated(BaseException):
    """SIGTERM arrived, or the terminal was closed: unwind, so that files and workers are put away."""


class Signals:
    """Takes the first signal that ends a run; those that follow break no clean-up.

    A second Ctrl-C ends what a first one lets finish: the command a show runs after each episode.
    """

    def __init__(self) -> None:
        self.code: int | None = None
        self._ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        self._theirs = theirs  # kept open: the system writes each signal's number into it

    def install(self) -> None:
        """Listen, except to what whoever started us has ignored: ``nohup``, a job in the background."""
        signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        sys.unraisablehook = _silent_when_stopped
        for number in _CODES:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._unwind)
        threading.Thread(target=self._stop, daemon=True, name="signals").start()

    def _unwind(self, number: int, _frame: FrameType | None) -> None:
        """Let the main thread unwind, once."""
        if self.code is None:
            self.code = _CODES[signal.Signals(number)]
            raise KeyboardInterrupt if number == signal.SIGINT else Terminated

    def _stop(self) -> None:
        """Wait for a signal, cancel everything, and end the process when the main thread does not."""
        while (first := self._arrived(None)) not in _CODES:
            pass
        stopping.cancel_all()
        until = time.monotonic() + GRACE_S
        while time.monotonic() < until:
            if self._arrived(_LOOK_S) == signal.SIGINT:
                stopping.stop_spared()
            if stopping.spared():
                until = time.monotonic() + GRACE_S
        if sys.stderr.isatty():  # a live view may have hidden the cursor
            with suppress(OSError, ValueError):
                sys.stderr.write("\033[?25h")
        leave(_CODES[signal.Signals(first)])

    def _arrived(self, timeout_s: float | None) -> int:
        """Number of the signal that came next; 0 when none came in time."""
        ready, _, _ = select.select([self._ours], [], [], timeout_s)
        return self._ours.recv(1)[0] if ready else 0


def _silent_when_stopped(lost: sys.UnraisableHookArgs) -> None:
    """Say nothing of a signal that came inside a callback of Python's own: the run is ended all the same."""
    if not isinstance(lost.exc_value, KeyboardInterrupt | Terminated):
        sys.__unraisablehook__(lost)


def leave(code: int) -> NoReturn:
    """End the process now, without waiting for threads that hang; nothing half-written stays."""
    stopping.sweep_all()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
