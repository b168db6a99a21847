"""Lets these tests use the show with stand-in engines that the command line is tested with."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from cli.conftest import show  # noqa: E402  (only now is it found)

__all__ = ["show"]
