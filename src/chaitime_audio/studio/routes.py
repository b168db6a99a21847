"""What the page may ask for. Only here are addresses spelt; nothing changes by GET."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from importlib import resources
from pathlib import Path
from typing import Any

from sse_starlette.sse import EventSourceResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..editorial.queue.build import queue_of
from ..editorial.queue.plain import plain_queue
from ..errors import ChaitimeError, LockedError, UsageError
from .changes import changes
from .desk import Desk
from .library import Library
from .library_routes import library_routes
from .own_keys import keep_keys, read_keys
from .presence import END, Presence
from .publish_routes import publish_routes
from .shelf import Shelf

PAGES = resources.files(__package__) / "static"
PING_S, MOST_PAGE = 5, 40


def application(shelf: Shelf, presence: Presence, library: Library) -> Starlette:
    """Return the studio without its guard."""
    routes = [
        Route("/", _file("index.html")),
        Route("/library", _file("library.html")),
        Route("/publish", _file("publish.html")),
        Mount("/static", StaticFiles(directory=str(PAGES), follow_symlink=False)),
        Route("/api/episodes", _listed(shelf, library)),
        Route("/api/keys", _keys, methods=["GET", "POST"]),
        Route("/api/episodes/{name}", _on_desk(shelf, lambda desk, _: JSONResponse(desk.document()))),
        Route("/api/episodes/{name}/changes", _on_desk(shelf, _changes)),
        Route("/api/episodes/{name}/sound", _on_desk(shelf, _sound)),
        Route("/api/episodes/{name}/sound/state", _on_desk(shelf, _sound_state)),
        Route("/api/episodes/{name}/queue", _on_desk(shelf, _queue)),
        Route("/api/episodes/{name}/sound/levels", _on_desk(shelf, _levels)),
        *publish_routes(shelf, library),
        *library_routes(shelf, presence, library),
        Route("/api/episodes/{name}/{what}", _changing(shelf, presence), methods=["POST"]),
        Route("/api/events", _events(presence)),
    ]
    handlers = {ChaitimeError: _told, HTTPException: _refused}
    return Starlette(routes=routes, exception_handlers=handlers)


CHANGES = {
    "operations": ("operations", "seen"),
    "undo": ("seen",),
    "redo": ("seen",),
    "revert": ("ids", "seen"),
    "people": ("label", "name", "role", "seen"),
}
"""What changes an episode, and what has to be told for it."""
Endpoint = Callable[[Request], Any]


def _file(name: str) -> Endpoint:
    def page(_request: Request) -> Response:
        return FileResponse(Path(str(PAGES / name)))

    return page


def _listed(shelf: Shelf, library: Library) -> Endpoint:
    def listed(_request: Request) -> Response:
        return JSONResponse({"episodes": shelf.listed(), "library": library.path is not None})

    return listed


async def _keys(request: Request) -> Response:
    """The keys that were chosen, for every episode and every run."""
    if request.method != "POST":
        return JSONResponse({"keys": read_keys()})
    try:
        told = (await request.json())["keys"]
    except (ValueError, TypeError, KeyError, RecursionError) as cause:
        raise HTTPException(400, "a change of keys has keys") from cause
    return JSONResponse({"keys": await run_in_threadpool(keep_keys, told)})


def _on_desk(shelf: Shelf, answer: Callable[[Desk, Request], Response]) -> Endpoint:
    """An endpoint about one episode; Starlette runs it in a thread, as it may derive."""

    def found(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in shelf.folders:
            raise HTTPException(404, "there is no such episode here")
        return answer(shelf.desk(name), request)

    return found


def _queue(desk: Desk, _request: Request) -> Response:
    return JSONResponse(plain_queue(queue_of(desk.opened().episode)))


def _changes(desk: Desk, _request: Request) -> Response:
    return JSONResponse({"changes": changes(desk.folder)})


def _sound_state(desk: Desk, _request: Request) -> Response:
    return JSONResponse({"ready": desk.sound_ready, "failure": desk.sound_failure})


def _levels(desk: Desk, _request: Request) -> Response:
    return JSONResponse({"levels": desk.levels})


def _sound(desk: Desk, _request: Request) -> Response:
    """The listening copy by byte ranges; 425 while it is being made."""
    if not desk.sound_ready:
        raise HTTPException(425, desk.sound_failure or "the sound is being prepared")
    return FileResponse(desk.sound, media_type="audio/wav")


def _changing(shelf: Shelf, presence: Presence) -> Endpoint:
    """What changes an episode: corrections, undo, redo, who a voice is. Every other page is told."""

    async def changed(request: Request) -> Response:
        name, what = request.path_params["name"], request.path_params["what"]
        if name not in shelf.folders or what not in CHANGES:
            raise HTTPException(404, "there is no such thing here")
        try:
            told = await request.json()
            asked = {key: told[key] for key in CHANGES[what]}
        except (ValueError, TypeError, KeyError, RecursionError) as cause:
            raise HTTPException(400, f"a change of {what} has {', '.join(CHANGES[what])}") from cause
        answer = await run_in_threadpool(lambda: _change(shelf.desk(name), what, asked))
        page = str(told.get("page", ""))[:MOST_PAGE]  # whose change it is: that page knows already
        presence.tell({"event": "changed", "name": name, "seen": answer["seen"], "page": page})
        return JSONResponse(answer)

    return changed


def _change(desk: Desk, what: str, asked: dict[str, Any]) -> dict[str, Any]:
    texts = {key: value for key, value in asked.items() if key not in ("operations", "ids")}
    if not all(isinstance(value, str) for value in texts.values()):
        raise UsageError(f"a change of {what} has texts for {', '.join(texts)}")
    if what == "operations":
        return desk.decide(asked["operations"], asked["seen"])
    if what == "revert":
        return desk.revert(asked["ids"], asked["seen"])
    if what == "people":
        return desk.rename(asked["label"], asked["name"], asked["role"], asked["seen"])
    return desk.turn(what, asked["seen"])


def _events(presence: Presence) -> Endpoint:
    async def events(_request: Request) -> Response:
        async def news() -> AsyncIterator[dict[str, str]]:
            async with presence.page() as queue:
                yield {"event": "hello", "data": "{}"}
                while (item := await queue.get()) is not END:
                    yield {"event": str(item["event"]), "data": json.dumps(item)}

        return EventSourceResponse(news(), ping=PING_S)

    return events


async def _told(_request: Request, problem: Exception) -> Response:
    """One line of what is wrong, as the command line would say it, and what somebody else wrote."""
    status = 409 if isinstance(problem, LockedError) else 422
    return JSONResponse({"problem": str(problem), "diff": getattr(problem, "diff", "")}, status)


async def _refused(_request: Request, problem: Exception) -> Response:
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    detail = problem.detail if isinstance(problem, HTTPException) else "something went wrong"
    return JSONResponse({"problem": detail}, status)
