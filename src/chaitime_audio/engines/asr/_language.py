"""Which language is spoken: a vote over several windows, since an intro may lie."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ...codec import digest
from ...model.sound import SpeechActivity
from ..sound import Sound, Workbench
from ._decode_task import Batch, DecodeTask, encode
from ._windows import windows

VOTERS = 4


@dataclass(frozen=True, slots=True)
class LanguageTask:
    """Asks the model which language each window of a batch is in."""

    decode: DecodeTask

    @property
    def lane(self) -> str:
        """Any worker."""
        return "any"

    def setup(self) -> Any:
        """The same model as for decoding."""
        return self.decode.setup()

    def run(self, loaded: Any, item: Batch) -> dict[str, float]:
        """Return the mean probability of each language over the windows."""
        import torch

        with torch.inference_mode():
            _, found = loaded.detect_language(encode(loaded, item))
        return {code: sum(one[code] for one in found) / len(found) for code in found[0]}

    def key(self, item: Batch) -> str:
        """Content key."""
        return digest(["language", self.decode.key(item)])

    def pack(self, result: dict[str, float]) -> bytes:
        """JSON."""
        return json.dumps(result).encode()

    def unpack(self, data: bytes) -> dict[str, float]:
        """Back from JSON."""
        found: dict[str, float] = json.loads(data)
        return found


def vote(task: LanguageTask, sound: Sound, activity: SpeechActivity, bench: Workbench) -> tuple[str, float]:
    """Return the likeliest language over up to four windows spread over the talk, and its probability."""
    found = windows(sound, activity)
    if not found:
        return "en", 0.0
    step = max(1, len(found) // VOTERS)
    chosen = found[step // 2 :: step][:VOTERS]
    shares = bench.crew.map(task, [Batch(sound, chosen, "")], bench.keep)[0]
    best = max(sorted(shares), key=lambda code: shares[code])
    return best, round(shares[best], 4)
