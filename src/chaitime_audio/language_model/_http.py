"""One JSON request over HTTP with the standard library: no redirects, a deadline, a size limit."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage
from typing import IO, Any

from . import NoWordingError

MOST_BYTES, CHUNK_BYTES = 1_000_000, 65_536


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow nobody elsewhere: the text and the key are meant for one server."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Return nothing, which makes the answer an error."""


def post_json(url: str, body: dict[str, Any], key: str, timeout_s: float) -> object:
    """Send a JSON body and return the parsed answer, within ``timeout_s`` in all.

    Raises NoWordingError for everything that can go wrong; never repeats the key.
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310  (checked before)
    deadline = time.monotonic() + timeout_s
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=timeout_s) as answer:
            data = _read(answer, deadline)
    except urllib.error.HTTPError as cause:
        raise NoWordingError(f"the language model's server said {cause.code} {cause.reason}") from cause
    except TimeoutError as cause:
        raise NoWordingError(f"the language model did not answer within {timeout_s:g} s") from cause
    except urllib.error.URLError as cause:
        if isinstance(cause.reason, TimeoutError):
            raise NoWordingError(f"the language model did not answer within {timeout_s:g} s") from cause
        raise NoWordingError(f"the language model's server cannot be reached: {cause.reason}") from cause
    except (OSError, HTTPException, ValueError) as cause:
        raise NoWordingError(f"the language model's server broke off: {type(cause).__name__}") from cause
    try:
        return json.loads(data)
    except ValueError as cause:
        raise NoWordingError("the language model's server sent something that is no JSON") from cause


def _read(answer: Any, deadline: float) -> bytes:
    """Read the body chunk by chunk, so that a slow drip meets the deadline too."""
    data = b""
    while chunk := answer.read1(CHUNK_BYTES):
        data += chunk
        if len(data) > MOST_BYTES:
            raise NoWordingError("the language model's server sent more than a megabyte")
        if time.monotonic() > deadline:
            raise TimeoutError
    return data
