"""Lets tests of exports import what lies beside them, and the example episode of the formats."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "formats")]
