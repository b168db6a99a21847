"""News of one run as JSON: one object a line on stderr, the events of docs/schema/progress.json."""

from __future__ import annotations

import json
import time
from math import isfinite

import click

from .console import News
from .json_view import EVERY_S


class JsonNews(News):
    """As `News`; the events ``moved`` and ``said``. ``path`` is the episode's folder once it is known."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, float] = {}

    def __enter__(self) -> JsonNews:
        """Draw nothing."""
        return self

    def __call__(self, stage: str, state: str, share: float) -> None:
        """Print how far a stage is; while it runs, every half second at most."""
        with self._lock:
            if self._forecast and (told := self._forecast.told(stage, state, share)):
                self.say(told)
            now = time.monotonic()
            if state == "running" and now - self._told.get(stage, now - EVERY_S) < EVERY_S:
                return
            self._told[stage] = now
            known = round(share, 3) if isfinite(share) else None
            self._tell(event="moved", path=self.path, stage=stage, state=state, share=known)

    def say(self, text: str) -> None:
        """Print a sentence."""
        self._tell(event="said", path=self.path, text=text)

    def tell_ignored(self, sentence: str) -> None:
        """Print which settings do not count."""
        if sentence:
            self.say(sentence)

    def _tell(self, **event: object) -> None:
        click.echo(json.dumps(event, ensure_ascii=True, allow_nan=False), err=True)
