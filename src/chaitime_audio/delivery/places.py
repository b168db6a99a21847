"""Where files go: a folder, each file in one move, or a remote of rclone.

No secret stands in a configuration: rclone has its own, encrypted if you like; its password comes from the
environment or from the system's keyring.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from ..errors import ConfigError, DestinationError, UsageError
from ..project.files import copy_in, file_sha256

RCLONE = "rclone:"
PASSWORD = "RCLONE_CONFIG_PASS"  # noqa: S105  (the name of a variable)
KEYRING_SERVICE = "chaitime"
_SECRETS = re.compile(
    r"(pass|password|secret\w*|token|key|access_key_id)\s*=|//[^/@]*:[^/@]*@", re.IGNORECASE
)
SAID = 300


class Place(Protocol):
    """Somewhere files go to."""

    @property
    def certain(self) -> bool:
        """Whether what `has` says holds for every byte."""
        ...

    def has(self, name: str, size_bytes: int, sha256: str) -> bool:
        """Whether a file is there already, as far as that can be told without fetching it."""
        ...

    def put(self, path: Path, name: str) -> None:
        """Put a file there under a name. Raises DestinationError when that fails."""
        ...


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder of this machine, or one that is mounted."""

    folder: Path
    certain: ClassVar[bool] = True

    def has(self, name: str, size_bytes: int, sha256: str) -> bool:
        """Whether it is there, byte for byte."""
        path = self.folder / name
        return path.is_file() and path.stat().st_size == size_bytes and file_sha256(path) == sha256

    def put(self, path: Path, name: str) -> None:
        """Copy it in one move: whoever reads there finds the old file or the new one."""
        copy_in(path, self.folder / name)


@dataclass(slots=True)
class RclonePlace:
    """A remote of rclone, such as ``remote:bucket/show``; ``listed`` is what lies there, once asked."""

    remote: str
    environment: Mapping[str, str]
    listed: dict[str, int] | None = None
    certain: ClassVar[bool] = False

    def has(self, name: str, size_bytes: int, sha256: str) -> bool:  # noqa: ARG002  (asking for sums is dear)
        """Whether a file of that name and size is there."""
        if self.listed is None:
            self.listed = self._list()
        return self.listed.get(name) == size_bytes

    def put(self, path: Path, name: str) -> None:
        """Send it; rclone checks the sum on the other side where that can be."""
        self._run("copyto", "--ignore-times", str(path.resolve()), f"{self.remote.rstrip('/')}/{name}")

    def _list(self) -> dict[str, int]:
        said = self._run("lsjson", "--recursive", "--files-only", self.remote, absent="[]")
        try:
            return {str(one["Path"]): int(one["Size"]) for one in json.loads(said)}
        except (ValueError, KeyError, TypeError) as cause:
            raise DestinationError(f"rclone lists {self.remote} in a way that cannot be read") from cause

    def _run(self, *arguments: str, absent: str | None = None) -> str:
        """Run rclone; ``absent`` is the answer when there is no such folder yet (its exit code 3)."""
        program = shutil.which("rclone")
        if program is None:
            raise UsageError("there is no rclone; install it, run rclone config, or publish to a folder")
        try:
            done = subprocess.run(
                [program, *arguments],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except OSError as cause:
            raise DestinationError(f"rclone cannot be started: {cause.strerror or cause}") from cause
        if done.returncode == 3 and absent is not None:
            return absent
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            why = said[-1][-SAID:] if said else f"exit code {done.returncode}"
            raise DestinationError(f"rclone {arguments[0]} to {self.remote} failed: {why}")
        return done.stdout.decode("utf-8", "replace")


def place_for(name: str, targets: Mapping[str, str], folder: Path | None) -> Place:
    """Return the place that the configuration calls ``name``; ``folder`` is where relative paths start.

    Raises UsageError when there is none of that name, ConfigError for one with a secret in it.
    """
    if name not in targets:
        known = f"there is: {', '.join(sorted(targets))}" if targets else "none is named yet"
        raise UsageError(
            f"there is no place “{name}” to publish to; {known} "
            f'([publish] targets = {{ {_key(name)} = "/srv/www" }} in the configuration)'
        )
    target = targets[name].strip()
    if not target or target == RCLONE:
        raise ConfigError(f"publish.targets.{name} is empty; write a folder, or rclone:REMOTE:PATH")
    if _SECRETS.search(target):
        raise ConfigError(
            f"publish.targets.{name} has a secret in it; keep it where rclone does (rclone config), "
            f"under a password in {PASSWORD} or in the keyring"
        )
    if target.startswith(RCLONE):
        return RclonePlace(target.removeprefix(RCLONE), _environment(name))
    return FolderPlace((folder or Path()) / Path(target).expanduser())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _environment(name: str) -> dict[str, str]:
    """The environment for rclone, with the password of its configuration if the keyring has one."""
    environment = dict(os.environ)
    if PASSWORD not in environment:
        kept = _from_keyring(name)
        if kept:
            environment[PASSWORD] = kept
    return environment


def _from_keyring(name: str) -> str:
    """What the system's keyring keeps for a place; nothing without a keyring."""
    try:
        import keyring

        return str(keyring.get_password(KEYRING_SERVICE, name) or "")
    except Exception:  # not installed, locked, or without a desktop: each library has its own error
        return ""
