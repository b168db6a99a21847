"""Serves the studio on 127.0.0.1 until its last page is closed, or the person in the terminal ends it."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

from .guard import Guard, Keys
from .library import Library, is_library
from .presence import Presence
from .routes import application
from .shelf import Shelf, folders_at

HOST = "127.0.0.1"
LOOK_S = 0.2
MOST_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Address:
    """Where the studio is: ``launch`` for the program that opens a browser, ``shown`` for the terminal."""

    port: int
    keys: Keys = field(repr=False)

    @property
    def launch(self) -> str:
        """Opens the door once."""
        return f"http://{HOST}:{self.port}/?key={self.keys.launch}"

    @property
    def shown(self) -> str:
        """Opens it as often as one likes."""
        return f"http://{HOST}:{self.port}/?key={self.keys.shown}"


def serve(
    path: Path,
    config: Path | None = None,
    port: int = 0,
    opened: Callable[[Address], object] = lambda _: None,
    *,
    stay: bool = False,
    until: Callable[[], bool] = lambda: False,
) -> None:
    """Serve the episode at ``path``, or those below it, until nobody looks at them any more.

    ``opened`` is told the address once requests are answered; ``stay`` keeps the studio open without pages;
    ``until`` ends it from another thread.
    Raises UsageError where there is no episode, what `Desk` raises for the only one, and OSError for a
    ``port`` that is taken.
    """
    folders = folders_at(path)
    with closing(_bound(port)) as bound, TemporaryDirectory(prefix="chaitime-studio-") as room:
        address = Address(bound.getsockname()[1], Keys())
        library = Library(path if is_library(path, folders) else None, config)
        presence = Presence(busy=lambda: library.jobs.busy)
        shelf = Shelf(folders, config, Path(room))
        if len(folders) == 1 and library.path is None:  # derived before anybody waits for the page
            shelf.desk(next(iter(folders)))
        home = "/" if library.path is None else "/library"
        guarded = Guard(application(shelf, presence, library), address.keys, address.port, home)
        over = lambda: until() or (presence.over and not stay)  # noqa: E731
        try:
            asyncio.run(_until_over(_server(guarded), bound, over, (lambda: opened(address), presence.end)))
        finally:
            library.close()


def _bound(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((HOST, port))
    except BaseException:
        found.close()
        raise
    return found


class _Server(uvicorn.Server):
    """A server that leaves signals to the command line, which ends everything within two seconds."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signal."""
        yield


class _Stopped(logging.Filter):
    """Lets the server say everything but that it was stopped, which the person did who reads it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is worth saying."""
        cause = record.exc_info[1] if record.exc_info else None
        stopped = isinstance(cause, asyncio.CancelledError | KeyboardInterrupt)
        return not stopped and not str(record.msg).startswith("Cancel ")


def _server(app: Guard) -> _Server:
    logger = logging.getLogger("uvicorn.error")
    if not any(isinstance(item, _Stopped) for item in logger.filters):
        logger.addFilter(_Stopped())
    quiet = {"access_log": False, "log_config": None, "server_header": False, "date_header": False}
    config = uvicorn.Config(
        app,
        lifespan="off",
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=1,
        http="h11",
        ws="none",
        proxy_headers=False,
        **quiet,  # type: ignore[arg-type]
    )
    return _Server(config)


async def _until_over(
    server: _Server,
    bound: socket.socket,
    over: Callable[[], bool],
    tell: tuple[Callable[[], object], Callable[[], object]],
) -> None:
    """Serve until it is over; ``tell`` is called when requests are answered, and before that ends."""
    opened, ending = tell
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    if server.started:
        opened()
    while not serving.done() and not over():
        await asyncio.wait({serving}, timeout=LOOK_S)
    ending()
    server.should_exit = True
    await serving
