"""Lets tests of the pipeline derive the whole conversation that lies with the tests of formats."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "formats"), str(Path(__file__).parent)]
