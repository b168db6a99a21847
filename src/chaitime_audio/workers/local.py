"""Runs tasks in local worker processes with one torch thread each."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, as_completed
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Any

from ..errors import ChaitimeError, WorkerDiedError
from . import BatchStore, Item, OnDone, Result, Task
from .in_process import Loaded, give_back, kept_or, resident_bytes

_RELIEF = "close other programs, or set engines.workers = 1"
_POLITE_S = 0.3
"""How long a worker that was asked to end has for it."""
_LOOK_S = 0.5
"""How often a busy worker's memory is looked at."""


class LocalPool:
    """Worker processes with one torch thread each; started when the first item comes, long-lived.

    Items wait in lines: work of affinity ``one`` is done by the first worker only, preparations by the
    others, all other work by whoever is free, ``soon`` before ``any``. A worker that dies fails its
    item with WorkerDiedError, and another process takes its place.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._ready = threading.Condition()
        self._lines: dict[str, deque[_QueuedItem]] = {
            name: deque() for name in ("one", "spare", "soon", "any")
        }
        self._under_way: dict[str, Future[Any]] = {}
        self._hands: list[_Worker] = []
        self._closed = False

    def map(
        self,
        task: Task[Item, Result],
        items: Sequence[Item],
        keep: BatchStore | None = None,
        on_done: OnDone | None = None,
    ) -> list[Result]:
        """See `WorkerPool.map`."""
        self._start()
        answers = [self._order(task, item, keep) for item in items]
        places = {answer: index for index, answer in enumerate(answers)}
        try:
            for answer in as_completed(answers):
                answer.result()
                if on_done:
                    on_done(places[answer])
        finally:
            for answer in answers:
                answer.cancel()
        return [answer.result() for answer in answers]

    def prepare(self, task: Task[Any, Any]) -> None:
        """See `WorkerPool.prepare`."""
        self._start()
        with self._ready:
            self._lines["spare"].extend(_QueuedItem(task, None, None, "prepare") for _ in self._hands[1:])
            self._ready.notify_all()

    def close(self) -> None:
        """Stop the workers at once; what they were doing is lost, what was kept stays."""
        with self._ready:
            self._closed = True
            self._ready.notify_all()
            waiting = [order for line in self._lines.values() for order in line]
            for line in self._lines.values():
                line.clear()
        for order in waiting:
            order.give_up()
        for hand in self._hands:
            hand.ask_to_stop()
        for hand in self._hands:
            hand.stop()

    def _start(self) -> None:
        with self._ready:
            if self._closed:
                raise CancelledError("these workers were dismissed")
            if self._hands:
                return
            self._hands = [_Worker(index) for index in range(self.workers)]
        for hand in self._hands:
            threading.Thread(target=self._serve, args=(hand,), daemon=True).start()

    def _order(self, task: Task[Any, Result], item: Any, keep: BatchStore | None) -> Future[Result]:
        """Put an item in line; one that is under way for somebody else is only waited for."""
        order = _QueuedItem(task, item, keep)
        key = task.key(item) if keep else ""
        with self._ready:
            if not key or (busy := self._under_way.get(key)) is None:
                self._put(order)
                if key:
                    self._under_way[key] = order.answer
                    order.answer.add_done_callback(lambda _: self._under_way.pop(key, None))
                return order.answer
        busy.add_done_callback(lambda done: self._follow(done, order))
        return order.answer

    def _follow(self, done: Future[Any], order: _QueuedItem) -> None:
        """Answer an order as the same one before it was answered, or do it now if that one was given up."""
        if done.cancelled() or done.exception():
            with self._ready:
                self._put(order)
        elif order.answer.set_running_or_notify_cancel():
            order.answer.set_result(done.result())

    def _put(self, order: _QueuedItem) -> None:
        """Put an order in its line; nobody will ever serve it once the pool is closed."""
        if self._closed:
            order.give_up()
        else:
            self._lines[order.task.affinity].append(order)
            self._ready.notify_all()

    def _serve(self, hand: _Worker) -> None:
        """Hand one order after the other to a worker, until the pool is closed."""
        while order := self._next(first=hand.index == 0):
            if not order.answer.set_running_or_notify_cancel():
                continue
            try:
                do = partial(hand.do, order.what)
                order.answer.set_result(kept_or(order.task, order.item, order.keep, do))
            except BaseException as problem:  # it must reach whoever waits, whatever it is
                order.answer.set_exception(problem)

    def _next(self, *, first: bool) -> _QueuedItem | None:
        lines = [self._lines[name] for name in ("one" if first else "spare", "soon", "any")]
        with self._ready:
            while not self._closed:
                line = next((line for line in lines if line), None)
                if line is not None:
                    return line.popleft()
                self._ready.wait()
        return None


class _QueuedItem:
    """An item waiting for a worker; ``what`` is ``run``, or ``prepare`` when there is no item."""

    def __init__(self, task: Task[Any, Any], item: Any, keep: BatchStore | None, what: str = "run") -> None:
        self.task, self.item, self.keep, self.what = task, item, keep, what
        self.answer: Future[Any] = Future()

    def give_up(self) -> None:
        """Let whoever waits for it go on, with CancelledError."""
        if self.answer.cancel():
            self.answer.set_running_or_notify_cancel()


class _Worker:
    """One worker process and the pipe to it. Dies with its parent; a dead one is replaced when needed."""

    def __init__(self, index: int) -> None:
        self.index = index
        self._beginning, self._stopped = threading.Lock(), False
        self._begin()

    def _begin(self) -> None:
        """Start a process. Raises CancelledError once this worker was stopped: nobody would end it."""
        context = multiprocessing.get_context("spawn")
        with self._beginning:
            if self._stopped:
                raise CancelledError("these workers were dismissed")
            pipe, theirs = context.Pipe()
            process = context.Process(
                target=_work, args=(theirs,), daemon=True, name=f"chaitime-{self.index}"
            )
            with _unheard():
                process.start()
            theirs.close()
            self._pipe, self._process = pipe, process
            self._peak_bytes, self._dead = 0, False

    def do(self, what: str, task: Task[Any, Any], item: Any) -> Any:
        """Have one item done. Raises what the task raised, WorkerDiedError when the worker died.

        A worker that was stopped did not die: then it raises CancelledError.
        """
        if self._dead:
            self._begin()
        try:
            self._pipe.send((what, task, item))
            while not self._pipe.poll(_LOOK_S):
                self._peak_bytes = max(self._peak_bytes, resident_bytes(self._process.pid))
            fine, answer = self._pipe.recv()
        except (EOFError, OSError) as cause:
            raise self._died() from cause
        if not fine:
            raise answer
        return answer

    def _died(self) -> Exception:
        self._dead = True
        self._pipe.close()
        if self._stopped:
            return CancelledError("these workers were dismissed")
        self._process.join(timeout=5)
        how = _how(self._process.exitcode)
        held = f" at {self._peak_bytes / 1e9:.1f} GB" if self._peak_bytes else ""
        return WorkerDiedError(
            f"a worker process died{held} ({how}), most often for lack of memory; {_RELIEF}"
        )

    def ask_to_stop(self) -> None:
        """Tell the process to end, without waiting, and start none in its place."""
        with self._beginning:
            self._stopped = True
        self._process.terminate()

    def stop(self) -> None:
        """End the process, politely first."""
        self.ask_to_stop()
        self._process.join(timeout=_POLITE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Let processes that begin here not hear Ctrl-C, also while they still import: their parent decides."""
    resource_tracker.ensure_running()  # it would let both be heard again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _how(exit_code: int | None) -> str:
    return f"signal {-exit_code}" if exit_code is not None and exit_code < 0 else f"exit code {exit_code}"


def _work(pipe: Connection) -> None:
    """What a worker process does until its parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # its parent decides
    os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    threading.Thread(target=_follow_parent, daemon=True).start()
    loaded = Loaded()
    with contextlib.suppress(EOFError, OSError, BrokenPipeError):
        while True:
            what, task, item = pipe.recv()
            try:
                answer = loaded.run(task, item) if what == "run" else bool(loaded.prepared(task))
                pipe.send((True, answer))
            except Exception as problem:  # whatever it is, the parent must hear of it
                pipe.send((False, _portable(problem)))
            task = item = answer = None
            give_back()


def _follow_parent() -> None:
    """End this process in the middle of its work when the parent is gone, however it went."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _portable(problem: Exception) -> Exception:
    """An error that survives the way to the parent: ours as they are, foreign ones as text with a note."""
    if isinstance(problem, ChaitimeError):
        return problem
    if isinstance(problem, MemoryError) or "allocate memory" in str(problem):
        held = f"{resident_bytes(os.getpid()) / 1e9:.1f} GB"
        return WorkerDiedError(f"a worker process ran out of memory at {held} ({problem}); {_RELIEF}")
    foreign = RuntimeError(f"{type(problem).__name__} in a worker: {problem}")
    foreign.add_note("".join(traceback.format_exception(problem)))
    return foreign
