"""Who may talk to the studio: the browser that was let in, from our own page, on this machine.

A page of any other site may send requests to 127.0.0.1, a name may be pointed there (DNS rebinding), and
another user of the machine may try its ports. So every request needs our own ``Host``; all but the first one
the cookie; and one that changes anything our own ``Origin``, a JSON body of bounded size that arrives in
bounded time. The secret of the first address is changed into the cookie at once and leaves the address bar.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 1_000_000
SLOWEST_BODY_S = 10.0
UPLOAD, UPLOAD_TYPE, LARGEST_UPLOAD = "/api/uploads", "application/octet-stream", 100_000_000_000
SLOWEST_CHUNK_S = 60.0
READING = frozenset({"GET", "HEAD"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(slots=True)
class Keys:
    """The secrets of one run of the studio.

    ``launch`` opens the door once: other users may see it among the arguments of the program that starts
    the browser, for as long as that takes. ``shown`` stands in our own terminal and opens it as often as
    one likes. ``session`` is in the cookie alone.
    """

    launch: str = field(default_factory=_secret)
    shown: str = field(default_factory=_secret)
    session: str = field(default_factory=_secret)

    def open_with(self, key: str) -> bool:
        """Whether a key opens the door; the one of the launch does so once."""
        if self.launch and secrets.compare_digest(key.encode(), self.launch.encode()):
            self.launch = ""
            return True
        return secrets.compare_digest(key.encode(), self.shown.encode())

    def is_session(self, value: str) -> bool:
        """Whether the value of a cookie is ours."""
        return secrets.compare_digest(value.encode(), self.session.encode())


class Guard:
    """Refuses what is not from our own page, and sends the headers that keep our page to itself."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int, home: str = "/") -> None:
        self._app, self._keys, self._home = app, keys, home
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._cookie = f"chaitime-studio-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the reason why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        answer = self._answer(scope)
        if answer is not None:
            await answer(scope, receive, _with_headers(send))
        elif scope["method"] in READING:
            await self._app(scope, receive, _with_headers(send))
        elif scope["path"] == UPLOAD:
            await self._app(scope, _patient(receive), _with_headers(send))
        else:
            await self._with_body(scope, receive, _with_headers(send))

    def _answer(self, scope: Scope) -> Response | None:
        """What a request gets instead of what it asks for; None where it may have that."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self._hosts or len(headers.getlist("host")) != 1:
            return _refusal(421, "this address is not the studio's")
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return _refusal(403, "asked for by another site")
        if scope["method"] in READING and scope["path"] == "/" and b"key=" in scope["query_string"]:
            return self._let_in(scope)
        cookies = cookie_parser(headers.get("cookie", ""))
        if not self._keys.is_session(cookies.get(self._cookie, "")):
            return _refusal(401, "open the address that chaitime studio printed in its terminal")
        if scope["method"] in READING:
            return None
        return self._uploading(headers, host) if scope["path"] == UPLOAD else self._changing(headers, host)

    def _let_in(self, scope: Scope) -> Response:
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        if not self._keys.open_with(asked.get("key", [""])[0]):
            return _refusal(401, "this address was used before; open the one in the studio's terminal")
        answer = RedirectResponse(self._home, 303)
        answer.set_cookie(self._cookie, self._keys.session, httponly=True, samesite="strict", path="/")
        return answer

    @staticmethod
    def _changing(headers: Headers, host: str) -> Response | None:
        if headers.get("origin", "") != f"http://{host}":
            return _refusal(403, "changes are made by the studio's own page")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refusal(415, "changes are sent as application/json")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return _too_large()
        return None

    @staticmethod
    def _uploading(headers: Headers, host: str) -> Response | None:
        """A recording has any size that fits on a disk, and says which; it is no form of another site."""
        if headers.get("origin", "") != f"http://{host}":
            return _refusal(403, "changes are made by the studio's own page")
        if headers.get("content-type", "") != UPLOAD_TYPE:
            return _refusal(415, f"recordings are sent as {UPLOAD_TYPE}")
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return _refusal(411, "a recording tells its size")
        return _refusal(413, "that is larger than any recording") if int(length) > LARGEST_UPLOAD else None

    async def _with_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body first, so that no handler waits for a slow one or holds a large one."""
        try:
            body = await asyncio.wait_for(_whole(receive), SLOWEST_BODY_S)
        except TimeoutError:
            await _refusal(408, f"a body takes {SLOWEST_BODY_S:.0f} s at most")(scope, receive, send)
            return
        if body is None:
            await _too_large()(scope, receive, send)
            return
        sent = False

        async def again() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, again, send)


def _patient(receive: Receive) -> Receive:
    """A ``receive`` that takes a sender that says nothing for a minute for gone."""

    async def receiving() -> Message:
        try:
            return await asyncio.wait_for(receive(), SLOWEST_CHUNK_S)
        except TimeoutError:
            return {"type": "http.disconnect"}

    return receiving


async def _whole(receive: Receive) -> bytes | None:
    """A request's body; None for one that is too large."""
    found = bytearray()
    while True:
        message = await receive()
        found += message.get("body", b"")
        if len(found) > LARGEST_BODY:
            return None
        if not message.get("more_body", False):
            return bytes(found)


def _too_large() -> Response:
    return _refusal(413, f"a change takes {LARGEST_BODY // 1_000_000} MB at most")


def _refusal(status: int, reason: str) -> Response:
    return PlainTextResponse(f"{reason}\n", status, headers={"connection": "close"})


def _with_headers(send: Send) -> Send:
    """A ``send`` that puts our headers on every answer."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending
