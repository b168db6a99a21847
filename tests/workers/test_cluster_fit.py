"""Who is let in: an address that makes sense, a scheduler that is one, workers that fit."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio.errors import ConfigError, ModelUnavailableError, UsageError
from chaitime_audio.workers import cluster_connection, cluster_worker
from chaitime_audio.workers.cluster_roster import Demands, Roster
from chaitime_audio.workers.cluster_worker import WorkerReport, inspect

pytest.importorskip("distributed")


@pytest.mark.parametrize("address", ["nonsense", "http://host:8786", "tcp://host", "tcp://host:many", ""])
def test_an_address_that_is_none_is_said_at_once(address: str) -> None:
    """What dask's own client would wait for, or trip over, is refused with an example of a good one."""
    with pytest.raises(UsageError, match=r"not the address of a scheduler; write it like tcp://host:8786"):
        cluster_connection.connect(address)


def _greet(server: socket.socket, greeting: bytes) -> None:
    caller, _ = server.accept()
    with caller:
        caller.sendall(greeting)


@pytest.mark.parametrize("greeting", [b"SSH-2.0-OpenSSH_9.6", b"", b"\0\0\0\0\0\0\0\0"])
def test_what_answers_but_is_no_scheduler_is_told_apart(greeting: bytes) -> None:
    """A greeting that is none of dask's never reaches dask, which would ask for exabytes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_greet, args=(server, greeting), daemon=True).start()
        with pytest.raises(UsageError, match="is not a Dask scheduler; is the port right"):
            cluster_connection.connect(f"tcp://127.0.0.1:{server.getsockname()[1]}")


def test_one_who_is_silent_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that waits for us to speak first, as of the web, is no scheduler."""
    monkeypatch.setattr(cluster_connection, "PATIENCE_S", 0.3)
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(UsageError, match="no scheduler answers"),
    ):
        cluster_connection.connect(f"tcp://127.0.0.1:{server.getsockname()[1]}")


def test_certificates_that_are_missing_are_named() -> None:
    """An address with tls:// needs files, and the error says where dask looks for their names."""
    with pytest.raises(ConfigError, match="DASK_DISTRIBUTED__COMM__TLS__CA_FILE"):
        cluster_connection.connect("tls://127.0.0.1:9")


def test_who_does_not_share_the_folder_says_so(tmp_path: Path) -> None:
    """A worker that does not see the file laid out for it names the folder and --transfer; no file stays."""
    lacks = inspect(None, tmp_path / "absent").lacks
    assert isinstance(lacks, UsageError)
    assert f"cannot see {tmp_path}; share that folder" in str(lacks)
    assert "--transfer" in str(lacks)
    seen: list[bool] = []

    class Looking(_Told):
        def run(self, _what: object, *asked: Any, workers: list[str], on_error: str) -> dict[str, Any]:
            seen.append(asked[1].exists() and asked[1].parent == tmp_path)
            return super().run(_what, workers=workers, on_error=on_error)

    Roster(Looking(WorkerReport(inspect().kind)), "tcp://x", Demands(folder=tmp_path))
    assert seen == [True]
    assert not list(tmp_path.iterdir())


def test_two_checkouts_of_one_version_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code counts, not only the version it calls itself by."""
    package = tmp_path / "package"
    (package / "workers").mkdir(parents=True)
    monkeypatch.setattr(cluster_worker, "__file__", str(package / "workers" / "worker.py"))
    (package / "one.py").write_text("a = 1")
    first = cluster_worker._code.__wrapped__()
    (package / "one.py").write_text("a = 2")
    assert cluster_worker._code.__wrapped__() != first


class _Told:
    """A client whose workers say of themselves what a test wants."""

    def __init__(self, *said: WorkerReport | Exception) -> None:
        self.said = list(said)

    def _names(self) -> list[str]:
        return [f"tcp://10.0.0.{number}:1" for number in range(len(self.said))]

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        return {"workers": {name: {"resources": {}} for name in self._names()}}

    def run(self, _what: object, *_: object, workers: list[str], on_error: str) -> dict[str, Any]:
        return {name: said for name, said in zip(self._names(), self.said, strict=True) if name in workers}


def _roster(*said: WorkerReport | Exception, mixed: bool = False) -> Roster:
    return Roster(_Told(*said), "tcp://x", Demands(mixed=mixed))


def test_workers_that_differ_are_refused_by_name() -> None:
    """Another torch than here is refused unless mixed, which is told; another code of ours always."""
    kind = inspect().kind
    odd = WorkerReport({**kind, "torch": "1.0"})
    with pytest.raises(UsageError, match=r"worker tcp://10.0.0.2:1 differs: torch 1.0 \(here \d.*--mixed"):
        _roster(WorkerReport(kind), WorkerReport(kind), odd)
    mixed = _roster(WorkerReport(kind), WorkerReport(kind), odd, mixed=True)
    assert len(mixed.there) == 3
    assert "--mixed" in mixed.remark
    assert "tcp://10.0.0.2:1 differs: torch 1.0" in mixed.remark
    assert not _roster(WorkerReport(kind), WorkerReport(kind)).remark
    slow = WorkerReport({**kind, "bfloat16": "unknown"})
    with pytest.raises(UsageError, match=r"10.0.0.1:1 differs: bfloat16 unknown \(others (yes|no)\)"):
        _roster(WorkerReport(kind), slow, WorkerReport(kind))
    old = WorkerReport({**kind, "chaitime-audio": "0.0"})
    with pytest.raises(UsageError, match=r"worker tcp://10.0.0.1:1 runs version 0.0, this is"):
        _roster(WorkerReport(kind), old, mixed=True)


def test_workers_that_lack_something_are_refused_by_name() -> None:
    """A model that is absent keeps its exit code, a package that is absent says where to install it."""
    kind = inspect().kind
    with pytest.raises(ModelUnavailableError, match=r"worker tcp://10.0.0.1:1 cannot work: no base here"):
        _roster(WorkerReport(kind), WorkerReport(kind, ModelUnavailableError("no base here")), mixed=True)
    with pytest.raises(UsageError, match=r"10.0.0.0:1 cannot import this package .* \(and 1 more\)"):
        _roster(ModuleNotFoundError("No module named 'chaitime_audio'"), OSError("gone"))
    with pytest.raises(UsageError, match=r"10.0.0.0:1 cannot be asked \(TypeError: two arguments\)"):
        _roster(TypeError("two arguments"))


def test_who_comes_later_is_asked_too() -> None:
    """A newcomer that fits works as well; one that does not is left out, and the remark tells why."""
    kind = inspect().kind
    client = _Told(WorkerReport(kind))
    roster = Roster(client, "tcp://x", Demands())
    client.said += [WorkerReport(kind), WorkerReport({**kind, "numpy": "1.0"})]
    roster.look()
    assert sorted(roster.there) == ["tcp://10.0.0.0:1", "tcp://10.0.0.1:1"]
    assert "tcp://10.0.0.2:1 differs: numpy 1.0" in roster.remark
