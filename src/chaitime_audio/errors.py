"""Every error we raise on purpose, and the exit code each one means.

    ChaitimeError                 1   something we did not expect
    ├── UsageError                2   a missing path, a bad option, an unknown name
    │   ├── ConfigError           2   a setting or toml value that cannot be used
    │   └── NotMadeError          2   an episode is not made yet, and was only to be read
    ├── InputRefusedError         3   the recording cannot become an episode
    ├── ModelUnavailableError     4   a known model is absent or has a wrong checksum
    ├── BatchFailedError          5   at least one episode of a batch failed
    ├── DestinationError          6   cannot write, no space, no memory
    │   └── WorkerDiedError       6   a worker process was killed, most often for lack of memory
    └── LockedError              75   another run holds this episode
        └── ConflictError        75   somebody else wrote what was to be changed

The message is one line for a person: what, where, and how to fix it. Foreign
errors are turned into these where they enter the house, the cause kept with
``from``. Ctrl-C (130), SIGTERM (143) and a broken publish rule (7, ``chaitime check``) are
handled by the command line itself.
"""

from __future__ import annotations

from typing import Any, ClassVar


class ChaitimeError(Exception):
    """Base of the tree: one sentence for the user, one exit code.

    It comes back from a worker as it left, whatever its class takes to be made: pickling keeps
    the arguments of `Exception` and the attributes, and never calls a constructor again.
    """

    exit_code: ClassVar[int] = 1

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how pickle makes it again."""
        return _again, (type(self), self.args), self.__dict__


class UsageError(ChaitimeError):
    """What was asked for cannot be done as asked: a missing path, a bad option, an unknown name."""

    exit_code = 2


class ConfigError(UsageError):
    """A setting or a value in a toml file that cannot be used."""


class NotMadeError(UsageError):
    """A stage is not made yet, or no longer holds, where episodes are only read.

    ``stage`` names it, ``why`` says in a few words what changed.
    """

    def __init__(self, stage: str, message: str, why: str = "") -> None:
        super().__init__(message)
        self.stage, self.why = stage, why


class InputRefusedError(ChaitimeError):
    """The recording is empty, unreadable, not audio, too short, or holds no speech."""

    exit_code = 3


class ModelUnavailableError(ChaitimeError):
    """A known model's files are absent, cannot be fetched, or have a wrong checksum."""

    exit_code = 4


class BatchFailedError(ChaitimeError):
    """A batch came to its end, and at least one episode in it failed."""

    exit_code = 5


class DestinationError(ChaitimeError):
    """The destination cannot be written, or space or memory ran out."""

    exit_code = 6


class WorkerDiedError(DestinationError):
    """A worker process died or ran out of memory; the same work may pass with fewer workers."""


class LockedError(ChaitimeError):
    """Another run is working on this episode."""

    exit_code = 75


class ConflictError(LockedError):
    """Somebody wrote since a file was read, so a change made to what was read is not written.

    ``diff`` shows what they wrote, in unified form.
    """

    def __init__(self, message: str, diff: str = "") -> None:
        super().__init__(message)
        self.diff = diff


def _again(kind: type[ChaitimeError], arguments: tuple[object, ...]) -> ChaitimeError:
    """An error of a kind with the text it had; pickle puts its attributes back."""
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    return error
