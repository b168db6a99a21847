"""Whose word counts: what a configuration that lies beside a recording may set.

A configuration found from the working folder upwards, or named with ``--config``, is the person's own. One
that is found by climbing from a recording may be anybody's, as on a shared drive: of it the settings
that run code or contact the network (`settings.setting`, ``guarded``) count only after
``chaitime trust FOLDER``. That is kept for each user, by the file's path and a sum of just these
settings, so that other edits keep the trust and another hook loses it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote
from typing import Any

import platformdirs

from ..errors import ConfigError, LockedError
from .files import make_folder, replace_file
from .serialization import digest, plain
from .settings import CONFIG_NAME, Settings, find_config, load

STORE_NAME = "trusted.json"


@dataclass(frozen=True, slots=True)
class Bound:
    """Settings as far as they count; ``ignored`` says in one sentence what does not, or nothing."""

    settings: Settings
    path: Path | None = None
    ignored: str = ""


def bind(start: Path, config: Path | None = None) -> Bound:
    """Return the settings for what lies at ``start``: the configuration named, else the nearest one.

    Raises ConfigError for a broken configuration.
    """
    own = config or find_config(Path.cwd().resolve())
    path = config or find_config(start.resolve()) or own
    settings = load(path)
    if path is None or path == own or not guarded(settings) or is_trusted(path, settings):
        return Bound(settings, path)
    return Bound(harmless(settings), path, _ignored(path, settings))


def guarded(settings: Settings) -> dict[str, Any]:
    """Return the settings that run code or contact the network, as ``section.name`` to value."""
    return {
        f"{section.name}.{item.name}": plain(value)
        for section in dataclasses.fields(Settings)
        for item in dataclasses.fields(getattr(settings, section.name))
        if (needs := item.metadata["guarded"])
        and (value := getattr(getattr(settings, section.name), item.name)) != item.default
        and needs(value)
    }


def harmless(settings: Settings) -> Settings:
    """Return the settings with every guarded one at its default."""
    for place in guarded(settings):
        section, name = place.split(".")
        own = getattr(settings, section)
        default = getattr(type(own)(), name)
        settings = replace(settings, **{section: replace(own, **{name: default})})
    return settings


def is_trusted(path: Path, settings: Settings) -> bool:
    """Whether this user trusts the configuration at ``path`` with the guarded settings it has now."""
    return _read().get(str(path.resolve())) == digest(guarded(settings))


def trust(path: Path) -> dict[str, Any]:
    """Trust a configuration as it is now, and return what that is. Raises ConfigError for a broken one."""
    found = guarded(load(path))
    with _changing() as known:
        known[str(path.resolve())] = digest(found)
    return found


def distrust(folder: Path) -> Path | None:
    """Take trust in the configuration of a folder back, also of one that is gone; returns which it was."""
    with _changing() as known:
        for path in map(Path.resolve, _choices(folder)):
            if known.pop(str(path), None):
                return path
    return None


def trusted() -> dict[Path, str]:
    """Return every configuration this user trusts: ``trusted``, ``changed since`` or ``gone``."""
    return {Path(path): _standing(Path(path), total) for path, total in sorted(_read().items())}


def config_in(folder: Path) -> Path:
    """Return the configuration of a show's folder: in it, or named itself. Raises ConfigError without one."""
    found = next((path for path in _choices(folder) if path.is_file()), None)
    if found is None:
        raise ConfigError(f"there is no {folder / CONFIG_NAME}; name the folder of a show")
    return found


def store() -> Path:
    """Return the file in which a user's trust is kept: in the user's folder for a program's state."""
    return platformdirs.user_state_path("chaitime", appauthor=False) / STORE_NAME


def _choices(folder: Path) -> tuple[Path, ...]:
    return (folder, folder / CONFIG_NAME, folder / CONFIG_NAME.name)


def _ignored(path: Path, settings: Settings) -> str:
    show = path.resolve().parent.parent if path.parent.name == CONFIG_NAME.parent.name else path.resolve()
    names = ", ".join(guarded(settings))
    command = f"chaitime trust {quote(str(show))}"
    return f"{path}: {names} ignored, since you have not trusted it; to let it count: {command}"


def _standing(path: Path, total: str) -> str:
    if not path.is_file():
        return "gone"
    try:
        return "trusted" if digest(guarded(load(path))) == total else "changed since"
    except ConfigError:
        return "changed since"


def _read() -> dict[str, str]:
    path = store()
    try:
        found = json.loads(path.read_bytes()) if path.exists() else {}
    except (OSError, ValueError) as cause:
        raise ConfigError(f"cannot read {path}: {cause}; move it away and trust again") from cause
    if not isinstance(found, dict):
        raise ConfigError(f"{path} is not a list of trusted configurations; move it away and trust again")
    return {str(name): str(total) for name, total in found.items()}


@contextlib.contextmanager
def _changing() -> Iterator[dict[str, str]]:
    """Read what is trusted, let it be changed, and write it; one program at a time."""
    import filelock

    make_folder(store().parent)
    try:
        with filelock.FileLock(store().with_suffix(".lock"), timeout=10):
            known = _read()
            yield known
            replace_file(store(), (json.dumps(known, indent=1, sort_keys=True) + "\n").encode())
    except filelock.Timeout as cause:
        raise LockedError(f"another program is writing {store()}; run again when it has ended") from cause
