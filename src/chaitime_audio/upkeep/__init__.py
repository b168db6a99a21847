"""Looks after kept episodes: whether they are whole, what can be mended, and what is to be forgotten."""

from .examination import Finding, examine
from .forgetting import Forgotten, forget_voices
from .mending import mend

__all__ = ["Finding", "Forgotten", "examine", "forget_voices", "mend"]
