"""The language model: asked once, only when configured, and whatever goes wrong is a notice."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from chaitime_audio.domain.wording import Draft, Wording
from chaitime_audio.errors import ConfigError
from chaitime_audio.language_model import NoWordingError
from chaitime_audio.language_model.openai_compatible import KEY, URL, Engine
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.project.settings import NotesSettings, Settings

pytestmark = pytest.mark.integration
DRAFT = Draft(
    "en", "Maya Rao: Why tea?\nTom Ellery: Because it is warm.", summary="About tea.", claims=("Tea.",)
)
GOOD = {"summary": "A  talk\nabout tea.", "claims": ["Tea is warm."], "titles": ["Tea"], "chapters": []}


class Server:
    """A stand-in for a language model's server: answers as told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], dict[str, object]]] = []
        self.status, self.body, self.headers, self.delay_s, self.drip_s = 200, b"", {}, 0.0, 0.0
        self.say(json.dumps(GOOD))
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                told.asked.append((self.path, dict(self.headers), json.loads(self.rfile.read(size))))
                time.sleep(told.delay_s)
                self.send_response(told.status)
                for name, value in told.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for at in range(0, len(told.body), 65_536 if not told.drip_s else 1):
                    self.wfile.write(told.body[at : at + (65_536 if not told.drip_s else 1)])
                    self.wfile.flush()
                    time.sleep(told.drip_s)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def say(self, content: object) -> None:
        """Answer with this content from now on."""
        self.body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()

    def close(self) -> None:
        """Stop."""
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A running server that the environment names."""
    found = Server()
    monkeypatch.setenv(URL, found.url)
    monkeypatch.delenv(KEY, raising=False)
    yield found
    found.close()


def test_it_is_asked_for_its_lines(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """One request with model, draft, text and key; the lines come back on one line each."""
    monkeypatch.setenv(KEY, "secret")
    assert Engine("llama").write(DRAFT) == Wording("A talk about tea.", ("Tea is warm.",), ("Tea",), ())
    ((path, headers, body),) = server.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert body["model"] == "llama"
    assert body["temperature"] == 0
    assert "Because it is warm." in json.dumps(body["messages"])


def test_without_a_key_none_is_sent(server: Server) -> None:
    """A local server needs no key."""
    Engine("llama").write(DRAFT)
    assert "Authorization" not in server.asked[0][1]


@pytest.mark.parametrize("around", ["```json\n{}\n```", "Here you are:\n{}\nEnjoy!"])
def test_an_answer_may_be_wrapped(server: Server, around: str) -> None:
    """Models put fences and phrases round their JSON."""
    server.say(around.replace("{}", json.dumps(GOOD)))
    assert Engine("llama").write(DRAFT).titles == ("Tea",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("I can’t help with that.", "without JSON"),
        ('{"summary": "A talk', "without JSON"),
        ('{"summary": "A talk"]}', "broken JSON"),
        ("{" * 100_000 + "}", "broken JSON"),
        ("", "declined"),
        (None, "declined"),
        ([1], "declined"),
    ],
)
def test_garbage_is_told(server: Server, content: object, said: str) -> None:
    """Refusals, half an object, none at all: one sentence, no traceback."""
    server.say(content)
    with pytest.raises(NoWordingError, match=said):
        Engine("llama").write(DRAFT)


def test_values_of_another_kind_are_left_out(server: Server) -> None:
    """Numbers, objects and endless lines where text should be count as nothing said."""
    server.say(
        json.dumps({"summary": 7, "claims": ["Tea.", {"a": 1}], "titles": "Tea", "chapters": ["x" * 5000]})
    )
    assert Engine("llama").write(DRAFT) == Wording("", ("Tea.", ""), (), ("",))


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"[]", b'{"choices": []}', b"\xff\xfe"])
def test_answers_of_another_shape_are_told(server: Server, body: bytes) -> None:
    """What is no chat completion is refused in one sentence."""
    server.body = body
    with pytest.raises(NoWordingError, match="language model"):
        Engine("llama").write(DRAFT)


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_servers_error_is_told(server: Server, status: int) -> None:
    """The status is named, the key never."""
    server.status = status
    with pytest.raises(NoWordingError, match=str(status)):
        Engine("llama").write(DRAFT)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(server: Server, status: int) -> None:
    """Text and key are meant for the server that was named, and go nowhere else."""
    server.status, server.headers = status, {"Location": f"{server.url}/elsewhere"}
    with pytest.raises(NoWordingError, match=str(status)):
        Engine("llama").write(DRAFT)
    assert len(server.asked) == 1


def test_a_late_answer_is_told(server: Server) -> None:
    """Nothing within the time: the sentence names it."""
    server.delay_s = 3.0
    with pytest.raises(NoWordingError, match=r"within 0\.2 s"):
        Engine("llama", timeout_s=0.2).write(DRAFT)


def test_a_slow_drip_is_late_too(server: Server) -> None:
    """The time counts for the whole answer, not for each piece of it."""
    server.drip_s = 0.05
    with pytest.raises(NoWordingError, match=r"within 0\.3 s"):
        Engine("llama", timeout_s=0.3).write(DRAFT)


def test_a_flood_is_cut_off(server: Server) -> None:
    """More than a megabyte is not read."""
    server.body = b"x" * 3_000_000
    with pytest.raises(NoWordingError, match="megabyte"):
        Engine("llama").write(DRAFT)


def test_nobody_there_is_told(server: Server) -> None:
    """A server that is not running: cannot be reached."""
    server.close()
    with pytest.raises(NoWordingError, match="cannot be reached"):
        Engine("llama").write(DRAFT)


@pytest.mark.parametrize("url", ["", "localhost:1234", "file:///etc/passwd"])
def test_without_an_address_it_says_where_one_goes(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """A missing or strange address is a mistake in the configuration, with the name of the variable."""
    monkeypatch.setenv(URL, url)
    with pytest.raises(ConfigError, match=URL):
        Engine("llama").write(DRAFT)


def test_without_a_model_it_says_so() -> None:
    """The model has no default: what is installed differs."""
    with pytest.raises(ConfigError, match=r"notes\.model"):
        Engine().write(DRAFT)


def test_a_long_talk_is_shortened_evenly(server: Server) -> None:
    """Of a talk too long to be read at once every turn keeps its beginning."""
    text = "\n".join(f"Tom: turn{at} " + "word " * 400 for at in range(100))
    Engine("llama").write(Draft("en", text))
    sent = json.loads(server.asked[0][2]["messages"][1]["content"])["transcript"]  # type: ignore[index]
    assert len(sent.split()) < 10_000
    assert all(f"turn{at} " in sent for at in range(100))


def test_the_receipt_has_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Address and key are in no file."""
    monkeypatch.setenv(KEY, "secret")
    assert Engine("llama", 3.0).receipt() == {"model": "llama"}


def test_the_settings_choose_it() -> None:
    """``[notes]`` names the engine, its model and its patience; the usual setting is nobody."""
    asked = Registry(Settings(notes=NotesSettings("openai-compatible", "llama", 3.0))).writer()
    assert asked is not None
    assert asked.engine == Engine("llama", 3.0)
    assert Registry(Settings()).writer() is None
