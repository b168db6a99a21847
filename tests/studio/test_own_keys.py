"""The keys that a person chose, as they are kept for the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chaitime_audio.errors import UsageError
from chaitime_audio.studio import own_keys

pytestmark = pytest.mark.pure
MANY = {str(at): ["", "", ""] for at in range(101)}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "keys.json"
    monkeypatch.setattr(own_keys, "store", lambda: path)
    return path


def test_keys_are_kept_as_they_were_chosen() -> None:
    """What was kept is read; nothing where nothing was."""
    assert own_keys.read_keys() == {}
    wanted = {"toggle": ["F4", "Alt+ö", ""]}
    assert own_keys.keep_keys(wanted) == wanted == own_keys.read_keys()


@pytest.mark.parametrize(
    "wrong",
    [None, [], "x", {"a": "b"}, {"a": ["b"]}, {"a": ["b", "c", 4]}, {"a": ["x" * 81, "", ""]}, MANY],
)
def test_what_are_no_keys_is_refused(wrong: Any) -> None:
    """Nothing is written of it."""
    with pytest.raises(UsageError):
        own_keys.keep_keys(wrong)
    assert own_keys.read_keys() == {}


@pytest.mark.parametrize("torn", ["", "{", "[" * 9_000, '{"a": 1}', "\udcff"])
def test_a_file_that_cannot_be_read_changes_no_key(elsewhere: Path, torn: str) -> None:
    """Somebody's broken file does not keep the studio from opening."""
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(torn.encode("utf-8", "surrogateescape"))
    assert own_keys.read_keys() == {}
