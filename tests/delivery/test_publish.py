"""``chaitime publish``: to a folder, and by rclone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from chaitime_audio.delivery.files import site_files
from chaitime_audio.delivery.places import FolderPlace, RclonePlace, place_for
from chaitime_audio.delivery.receipt import receipt_of
from chaitime_audio.delivery.sending import planned, send
from chaitime_audio.errors import ConfigError, DestinationError, UsageError

RCLONE = """#!{python}
import json, os, pathlib, shutil, sys
root = pathlib.Path({root!r})
with open(root / "calls.txt", "a") as log:
    print(os.environ.get("RCLONE_CONFIG_PASS", "-"), *sys.argv[1:], file=log)
if (root / "full").exists() and sys.argv[1] == "copyto":
    sys.exit("2026/12/01 ERROR : No space left")
if sys.argv[1] == "lsjson":
    home = root / sys.argv[-1].replace(":", "_")
    if not home.exists():
        sys.exit(3)
    found = [p for p in home.rglob("*") if p.is_file()]
    print(json.dumps([dict(Path=str(p.relative_to(home)), Size=p.stat().st_size) for p in found]))
else:
    target = root / sys.argv[-1].replace(":", "_")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(sys.argv[-2], target)
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site."""
    folder = tmp_path / "site"
    for name in ("feed.xml", "index.html", "001/001.mp3", "001/index.html", ".hidden", "001/001.vtt.new"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


@pytest.fixture
def rclone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for rclone on the PATH; returns the folder in which its remotes lie."""
    root = tmp_path / "remotes"
    (tmp_path / "bin").mkdir()
    root.mkdir()
    program = tmp_path / "bin" / "rclone"
    program.write_text(RCLONE.format(python=sys.executable, root=str(root)), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return root


def sent(site: Path, place: object) -> list[tuple[str, str]]:
    """Publish; return what was sent and why, in order."""
    receipt = receipt_of(site, "there")
    plan = planned(site_files(site), place, receipt)
    done: list[tuple[str, str]] = []
    send(plan, place, receipt, lambda one: done.append((one.file.name, one.state)))
    return done


def test_everything_once_and_the_feed_last(site, tmp_path):
    """What is hidden or not decided stays here; pages come before the feed; a second time nothing is sent."""
    place = FolderPlace(tmp_path / "www")
    names = [name for name, _ in sent(site, place)]
    assert names == ["001/001.mp3", "001/index.html", "index.html", "feed.xml"]
    assert (tmp_path / "www" / "001" / "001.mp3").read_text(encoding="utf-8") == "001/001.mp3"
    assert sent(site, place) == []


def test_what_changed_is_sent_again_and_named(site, tmp_path):
    """After a fix the changed file goes again, and so does one that somebody removed there; nothing else."""
    place = FolderPlace(tmp_path / "www")
    sent(site, place)
    (site / "001" / "001.mp3").write_text("mended", encoding="utf-8")
    (tmp_path / "www" / "index.html").unlink()
    assert sent(site, place) == [("001/001.mp3", "changed"), ("index.html", "missing there")]
    (site / "001" / "001.mp3").unlink()
    plan = planned(site_files(site), place, receipt_of(site, "there"))
    assert (plan.gone, plan.due) == (("001/001.mp3",), ())
    assert (tmp_path / "www" / "001" / "001.mp3").is_file()


def test_the_receipt_holds_sums(site, tmp_path):
    """Each file's sha256 and the time of sending stand in a hidden file beside what was sent."""
    sent(site, FolderPlace(tmp_path / "www"))
    rows = json.loads((site / ".published.there.json").read_text(encoding="utf-8"))["files"]
    assert {one.name: one.sha256 for one in site_files(site)} == {
        name: row["sha256"] for name, row in rows.items()
    }
    (site / ".published.there.json").write_text("torn {", encoding="utf-8")
    assert receipt_of(site, "there").sums == {}


@pytest.mark.integration
def test_rclone_gets_each_file_once(site, rclone, monkeypatch):
    """What lies there is asked once, each file is sent once; the password comes from the environment."""
    monkeypatch.setenv("RCLONE_CONFIG_PASS", "from the environment")
    place = place_for("b", {"b": "rclone:box:show/pod"}, None)
    assert len(sent(site, place)) == 4
    assert (rclone / "box_show" / "pod" / "001" / "001.mp3").is_file()
    calls = (rclone / "calls.txt").read_text(encoding="utf-8").splitlines()
    assert sum(" lsjson " in call for call in calls) == 1
    assert all(call.startswith("from the environment") for call in calls)
    again = place_for("b", {"b": "rclone:box:show/pod"}, None)
    assert sent(site, again) == []


@pytest.mark.integration
def test_what_rclone_could_not_send_is_sent_next_time(site, rclone):
    """A failure is one line with rclone's reason; what was sent before it is not sent again."""
    place = place_for("b", {"b": "rclone:box:pod"}, None)
    (rclone / "full").touch()
    with pytest.raises(DestinationError, match="No space left"):
        sent(site, place)
    (rclone / "full").unlink()
    assert len(sent(site, place)) == 4


@pytest.mark.integration
def test_the_command(site, tmp_path, monkeypatch, capfd):
    """--dry-run sends nothing; without it everything; --json says the same; unknown places are named."""
    from chaitime_audio.cli import run

    monkeypatch.chdir(tmp_path)
    (tmp_path / "config").mkdir()
    config = tmp_path / "config" / "chaitime.toml"
    config.write_text(f'[publish]\ntargets = {{ www = "{tmp_path / "www"}" }}\n', encoding="utf-8")
    assert run(["publish", str(site), "--to", "www", "--dry-run"]) == 0
    assert not (tmp_path / "www").exists()
    assert "4 files would be sent" in capfd.readouterr().err
    assert run(["publish", str(site), "--to", "www"]) == 0
    capfd.readouterr()
    assert run(["publish", str(site), "--to", "www", "--json"]) == 0
    assert {one["state"] for one in json.loads(capfd.readouterr().out)["files"]} == {"same"}
    assert run(["publish", str(site), "--to", "ww"]) == 2
    assert "there is: www" in capfd.readouterr().err
    assert run(["publish", str(tmp_path / "nowhere"), "--to", "www"]) == 2


def test_no_secret_stands_in_a_configuration():
    """A target with a password or a key in it is refused with where it belongs."""
    for target in (
        "rclone::s3,secret_access_key=abc:bucket",
        "rclone::ftp,pass=x:",
        "https://me:word@example.org",
    ):
        with pytest.raises(ConfigError, match="secret"):
            place_for("a", {"a": target}, None)
    with pytest.raises(ConfigError, match="empty"):
        place_for("a", {"a": " "}, None)


def test_without_rclone_it_is_said(monkeypatch, tmp_path):
    """Where there is no rclone, the line says how to get it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="rclone config"):
        RclonePlace("box:", {}).has("a", 1, "")
