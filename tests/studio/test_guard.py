"""Who is let into the studio, request by request, without a socket."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chaitime_audio.studio import guard
from chaitime_audio.studio.guard import Guard, Keys

pytestmark = pytest.mark.pure

PORT = 4242
HOST = f"127.0.0.1:{PORT}"
COOKIE = f"chaitime-studio-{PORT}"


class Room:
    """An application that says what reached it, behind a guard."""

    def __init__(self) -> None:
        self.keys = Keys()
        self.reached: list[bytes] = []
        self.guarded = Guard(self._app, self.keys, PORT)

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        self.reached.append((await receive()).get("body", b""))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"in"})

    def ask(
        self,
        path: str = "/",
        method: str = "GET",
        query: str = "",
        body: tuple[bytes, ...] = (b"",),
        delay_s: float = 0,
        **headers: str,
    ) -> tuple[int, dict[str, str]]:
        """Return status and headers of the answer; ``headers`` with underscores for dashes."""
        there = {"host": HOST, "cookie": f"{COOKIE}={self.keys.session}"}
        there |= {name.replace("_", "-"): value for name, value in headers.items()}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in there.items() if value],
        }
        left = list(body)
        sent: list[Any] = []

        async def receive() -> Any:
            await asyncio.sleep(delay_s)
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

        async def send(message: Any) -> None:
            sent.append(message)

        asyncio.run(self.guarded(scope, receive, send))
        headers_back = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], headers_back


@pytest.fixture
def room() -> Room:
    return Room()


CHANGE = {"origin": f"http://{HOST}", "content_type": "application/json"}


def test_our_own_page_is_let_in_and_may_change(room: Room) -> None:
    """A request with our cookie is answered; one that changes anything needs our origin and JSON as well."""
    assert room.ask("/api/episodes")[0] == 200
    assert room.ask("/api/x", "POST", body=(b"{", b"}"), **CHANGE)[0] == 200
    assert room.reached[-1] == b"{}"


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "evil.example"},
        {"host": f"evil.example:{PORT}"},
        {"host": "127.0.0.1"},
        {"host": f"127.0.0.1:{PORT + 1}"},
        {"host": ""},
    ],
)
def test_another_name_for_this_address_is_refused(room: Room, wrong: dict[str, str]) -> None:
    """A name that somebody points at 127.0.0.1 (DNS rebinding) does not reach the studio."""
    assert room.ask("/api/episodes", **wrong)[0] == 421
    assert not room.reached


@pytest.mark.parametrize("cookie", ["", "x=y", f"{COOKIE}=guess", f"{COOKIE}=", f"{COOKIE}=é"])
def test_without_our_cookie_nothing_is_shown(room: Room, cookie: str) -> None:
    """Another user of the machine who finds the port sees nothing."""
    assert room.ask("/api/episodes", cookie=cookie)[0] == 401
    assert room.ask("/static/main.js", cookie=cookie)[0] == 401
    assert not room.reached


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": f"http://localhost:{PORT}"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"content_type": ""}, 415),
        ({"content_length": "1000001"}, 413),
        ({"content_length": "-1"}, 413),
        ({"content_length": "ten"}, 413),
    ],
)
def test_a_change_from_elsewhere_is_refused(room: Room, wrong: dict[str, str], status: int) -> None:
    """No form and no script of another site changes anything, cookie or not."""
    assert room.ask("/api/x", "POST", **(CHANGE | wrong))[0] == status
    assert not room.reached


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
def test_only_reading_goes_without_an_origin(room: Room, method: str) -> None:
    """Any method that is not GET or HEAD is one that changes."""
    assert room.ask("/api/x", method)[0] == 403
    assert not room.reached


def test_a_body_that_is_larger_than_it_says_is_refused(room: Room) -> None:
    """What arrives is counted, whatever the header claims."""
    parts = (b"x" * 600_000, b"x" * 600_000)
    assert room.ask("/api/x", "POST", body=parts, content_length="2", **CHANGE)[0] == 413
    assert not room.reached


def test_a_body_that_trickles_in_is_given_up(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow sender holds no handler."""
    monkeypatch.setattr(guard, "SLOWEST_BODY_S", 0.05)
    assert room.ask("/api/x", "POST", body=(b"a", b"b"), delay_s=0.2, **CHANGE)[0] == 408
    assert not room.reached


def test_the_key_becomes_a_cookie_and_leaves_the_address(room: Room) -> None:
    """The first address gives a cookie that scripts cannot read and other sites do not send."""
    status, headers = room.ask(query=f"key={room.keys.shown}", cookie="")
    assert (status, headers["location"]) == (303, "/")
    cookie = headers["set-cookie"]
    assert room.keys.session in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert room.keys.shown not in str(headers)


def test_the_key_of_the_launch_opens_once(room: Room) -> None:
    """Whoever reads it among a browser's arguments comes too late; the terminal's goes on to work."""
    launch = room.keys.launch
    assert room.ask(query=f"key={launch}", cookie="")[0] == 303
    assert room.ask(query=f"key={launch}", cookie="")[0] == 401
    assert room.ask(query="key=", cookie="")[0] == 401
    for _ in range(2):
        assert room.ask(query=f"key={room.keys.shown}", cookie="")[0] == 303


def test_every_answer_keeps_the_page_to_itself(room: Room) -> None:
    """Answers and refusals alike carry the policy: nothing inline, nothing from elsewhere, no frame."""
    for asked in ({}, {"cookie": ""}, {"host": "evil.example"}):
        headers = room.ask("/api/episodes", **asked)[1]
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


UPLOADING = {"origin": f"http://{HOST}", "content_type": "application/octet-stream", "content_length": "9"}


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": ""}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"cookie": ""}, 401),
        ({"content_type": "multipart/form-data"}, 415),
        ({"content_type": "text/plain"}, 415),
        ({"content_length": ""}, 411),
        ({"content_length": "-1"}, 411),
        ({"content_length": "100000000001"}, 413),
    ],
)
def test_a_recording_comes_from_our_page_with_its_size(
    room: Room, wrong: dict[str, str], status: int
) -> None:
    """No form of another site can send one, and one without a size, or larger than any disk, is refused."""
    assert room.ask(guard.UPLOAD, "POST", **(UPLOADING | wrong))[0] == status
    assert not room.reached


def test_only_recordings_may_be_large(room: Room) -> None:
    """A body of any size goes to the one place that streams it, piece by piece, and to no other."""
    large = {**UPLOADING, "content_length": "5000000"}
    assert room.ask(guard.UPLOAD, "POST", body=(b"x" * 100, b"y"), **large)[0] == 200
    assert room.reached == [b"x" * 100]
    assert room.ask("/api/library/make", "POST", **large)[0] == 415
    assert room.ask(guard.UPLOAD + "/", "POST", **large)[0] == 415


def test_a_sender_that_says_nothing_is_gone(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording that stops in the middle holds nothing open for ever."""
    monkeypatch.setattr(guard, "SLOWEST_CHUNK_S", 0.05)
    assert room.ask(guard.UPLOAD, "POST", body=(b"x", b""), delay_s=0.2, **UPLOADING)[0] == 200
    assert room.reached == [b""]
