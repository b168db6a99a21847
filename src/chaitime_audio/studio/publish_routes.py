"""What the page may ask for when an episode is about to go out."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from ..errors import UsageError
from ..project.episode_folder import EpisodeFolder
from .cards import cards, change
from .library import Library
from .publishing import files_of, mend, publishing
from .shelf import Shelf


def publish_routes(shelf: Shelf, library: Library) -> list[Route]:
    """Return the routes about publishing one episode."""

    def folder_of(request: Request) -> EpisodeFolder:
        name = request.path_params["name"]
        if name not in shelf.folders:
            raise HTTPException(404, "there is no such episode here")
        return shelf.folders[name]

    def panel(request: Request) -> Response:
        return JSONResponse(publishing(folder_of(request), library.config))

    def download(request: Request) -> Response:
        """A file of out/ by the very name that was listed, so that no name leads elsewhere."""
        folder, wanted = folder_of(request), request.path_params["file"]
        if wanted not in {row["name"] for row in files_of(folder)}:
            raise HTTPException(404, "there is no such file in out/")
        path = folder.out / wanted
        return FileResponse(path, media_type="application/octet-stream", filename=path.name)

    async def mended(request: Request) -> Response:
        folder = folder_of(request)
        what, value = await _asked(request, "mend")
        if not isinstance(value, str):
            raise UsageError("a mend has texts")
        await run_in_threadpool(lambda: mend(folder, what, value))
        return JSONResponse({"mended": what})

    def listed(request: Request) -> Response:
        return JSONResponse(cards(folder_of(request), library.config))

    async def changed(request: Request) -> Response:
        folder = folder_of(request)
        field, value = await _asked(request, "field")
        said = await run_in_threadpool(lambda: change(folder, field, value))
        return JSONResponse({"said": said})

    return [
        Route("/api/episodes/{name}/cards", listed),
        Route("/api/episodes/{name}/cards", changed, methods=["POST"]),
        Route("/api/episodes/{name}/publish", panel),
        Route("/api/episodes/{name}/files/{file:path}", download),
        Route("/api/episodes/{name}/mend", mended, methods=["POST"]),
    ]


async def _asked(request: Request, name: str) -> tuple[str, Any]:
    """What is to be done, a text, and its value."""
    try:
        told = await request.json()
        what, value = told[name], told["value"]
    except (ValueError, TypeError, KeyError, RecursionError) as cause:
        raise HTTPException(400, f"this has {name} and value") from cause
    if not isinstance(what, str):
        raise UsageError(f"{name} is a text")
    return what, value
