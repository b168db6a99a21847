"""Reading an episode as it was made."""

from __future__ import annotations

from ..errors import NotMadeError
from .artifact_keys import Fact, Stage, why
from .artifacts import ArtifactStore, Watch
from .episode_folder import EpisodeFolder
from .manifest import Record


class KeptArtifacts(ArtifactStore):
    """The artifacts of one episode as they are kept: nothing is made and nothing written, no lock is needed.

    What is not kept, or no longer holds, raises NotMadeError; ``missing`` then says why, by stage.
    """

    def __init__(
        self,
        folder: EpisodeFolder,
        again: frozenset[str] = frozenset(),
        watch: Watch = lambda *_: None,
    ) -> None:
        super().__init__(folder, again, watch=watch)
        self.missing: dict[str, str] = {}

    def sweep(self) -> None:
        """Leave everything where it lies."""

    def _write(self, record: Record) -> None:
        """Nothing: it is only read."""

    def _made(self, stage: Stage[Fact], _make: object, inputs: tuple[object, ...], _key: object) -> str:
        """Raise NotMadeError."""
        receipt, path = self.record.receipts.get(stage.name), self._folder.path
        reason = why(stage, receipt, inputs, asked=self._again)
        self.missing[stage.name] = reason
        text = f"{path}: {stage.name} is not made; run: chaitime process {path}"
        raise NotMadeError(stage.name, text, reason)
