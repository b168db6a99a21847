"""The colour of each role, on white and on black paper."""

from __future__ import annotations

LIGHT = {
    "voice-0": "#2f7ba8",
    "voice-1": "#c8741a",
    "voice-2": "#4f8f45",
    "voice-3": "#8b58a7",
    "voice-4": "#a8483f",
    "nobody": "#a0a0a0",
    "before": "#8c8c8c",
    "after": "#14323f",
    "target": "#7a7a7a",
    "noise": "#b0863a",
    "grid": "#dcdcdc",
    "axis": "#8c8c8c",
    "chapter": "#8c8c8c",
    "silence": "#e9e3cf",
    "clipped": "#d11f1f",
    "text": "#4a4a4a",
}
DARK = {
    "voice-0": "#5fb0de",
    "voice-1": "#eb9c48",
    "voice-2": "#84c478",
    "voice-3": "#c193de",
    "voice-4": "#e08379",
    "nobody": "#707070",
    "before": "#8a8a8a",
    "after": "#f2efe6",
    "target": "#9a9a9a",
    "noise": "#a98a52",
    "grid": "#383838",
    "axis": "#8a8a8a",
    "chapter": "#808080",
    "silence": "#38352a",
    "clipped": "#ff6b6b",
    "text": "#bdbdbd",
}
