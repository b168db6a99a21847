"""What the page of the library may ask for: cards, search, recordings that are dropped, jobs."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from ..errors import UsageError
from .guard import UPLOAD
from .jobs import Job
from .library import Library
from .presence import Presence
from .shelf import Shelf

COVER = "cover.jpg"
LONGEST_SEARCH = 200


def library_routes(shelf: Shelf, presence: Presence, library: Library) -> list[Route]:
    """Return the routes of one library; its jobs are told to every page."""
    return [*_changing(shelf, presence, library), *_reading(shelf, library)]


def _reading(shelf: Shelf, library: Library) -> list[Route]:
    def whole(_request: Request) -> Response:
        """Cards as far as they cost nothing, and what is being made."""
        return JSONResponse({"episodes": shelf.listed(), "jobs": library.jobs.listed()})

    def card(request: Request) -> Response:
        return JSONResponse(library.card(_folder(shelf, request)))

    def cover(request: Request) -> Response:
        path = _folder(shelf, request).facts / COVER
        if not path.is_file():
            raise HTTPException(404, "it has no cover yet")
        return FileResponse(path, media_type="image/jpeg")

    def search(request: Request) -> Response:
        asked = request.query_params.get("q", "")[:LONGEST_SEARCH]
        return JSONResponse({"found": library.search(asked, dict(shelf.folders))})

    return [
        Route("/api/library", whole),
        Route("/api/library/{name}", card),
        Route("/api/library/{name}/cover", cover),
        Route("/api/search", search),
    ]


def _changing(shelf: Shelf, presence: Presence, library: Library) -> list[Route]:
    async def upload(request: Request) -> Response:
        _listen(library, presence)
        if library.uploads is None:
            raise UsageError("the studio was opened on one episode; open the folder it lies in")
        size = int(request.headers["content-length"])
        try:
            token = await library.uploads.take(request.query_params.get("name", ""), size, request.stream())
        except ClientDisconnect as cause:
            raise HTTPException(400, "the recording did not arrive whole") from cause
        return JSONResponse({"token": token})

    async def make(request: Request) -> Response:
        _listen(library, presence)
        asked = await _asked(request, ("files", "together", "guest", "number"))
        name = await run_in_threadpool(lambda: _begun(shelf, library, asked))
        return JSONResponse({"name": name})

    async def again(request: Request) -> Response:
        _listen(library, presence)
        name = request.path_params["name"]
        library.jobs.make(name, _folder(shelf, request))
        return JSONResponse({"job": library.jobs.listed()[name]})

    async def feed(_request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(library.write_feed))

    return [
        Route("/api/library/feed", feed, methods=["POST"]),
        Route("/api/library/make", make, methods=["POST"]),
        Route("/api/library/{name}/make", again, methods=["POST"]),
        Route(UPLOAD, upload, methods=["POST"]),
    ]


def _begun(shelf: Shelf, library: Library, asked: dict[str, Any]) -> str:
    files, number = asked["files"], asked["number"]
    texts = asked["together"], asked["guest"]
    plain = isinstance(files, list) and all(isinstance(one, str) for one in files)
    if not plain or not all(isinstance(one, str) for one in texts) or type(number) is not int:
        raise UsageError("an episode is made of files, together, guest and number")
    folder = library.begin(files, *texts, number)
    name = shelf.add(folder)
    library.jobs.make(name, folder)
    return name


async def _asked(request: Request, names: tuple[str, ...]) -> dict[str, Any]:
    try:
        told = await request.json()
        return {name: told[name] for name in names}
    except (ValueError, TypeError, KeyError, RecursionError) as cause:
        raise HTTPException(400, f"what is asked has {', '.join(names)}") from cause


def _folder(shelf: Shelf, request: Request) -> Any:
    name = request.path_params["name"]
    if name not in shelf.folders:
        raise HTTPException(404, "there is no such episode here")
    return shelf.folders[name]


def _listen(library: Library, presence: Presence) -> None:
    """Let jobs, which work in threads, tell the pages, which live in this loop."""
    loop = asyncio.get_running_loop()

    def tell(job: Job) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(presence.tell, {"event": "job", **job.plain()})

    library.jobs.tell = tell
