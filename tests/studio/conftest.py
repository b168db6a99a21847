"""Lets these tests import what stands beside others: the browser, the example episode, a show of tones."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), *(str(HERE.parent / name) for name in ("site", "formats"))]
