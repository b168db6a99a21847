"""The process that DeepFilterNet3 runs in: raw sound in on stdin, voices out on stdout.

A process of its own, since the library ends the one it is in when anything is wrong. Started by path, so
nothing of the program is imported: ``python voice_child.py LIBRARY MODEL CHANNELS LIMIT_DB``.
"""

from __future__ import annotations

import ctypes
import sys
from array import array

FRAME = 480
"""Samples of 48 kHz that the network takes at once."""


def main(library: str, model: str, channels: int, limit_db: float) -> None:
    """Read interleaved 32-bit floats at 48 kHz until they end, and write as many."""
    lib = ctypes.CDLL(library)
    floats = ctypes.POINTER(ctypes.c_float)
    lib.df_create.restype, lib.df_create.argtypes = (
        ctypes.c_void_p,
        [ctypes.c_char_p, ctypes.c_float, ctypes.c_char_p],
    )
    lib.df_get_frame_length.restype, lib.df_get_frame_length.argtypes = ctypes.c_size_t, [ctypes.c_void_p]
    lib.df_process_frame.restype = ctypes.c_float
    lib.df_process_frame.argtypes = [ctypes.c_void_p, floats, floats]
    states = [lib.df_create(model.encode(), limit_db, None) for _ in range(channels)]
    if any(lib.df_get_frame_length(state) != FRAME for state in states):
        sys.exit("another frame length than expected")
    heard, voice = (ctypes.c_float * FRAME)(), (ctypes.c_float * FRAME)()
    while block := sys.stdin.buffer.read(4 * FRAME * channels):
        sound = array("f", block.ljust(4 * FRAME * channels, b"\0"))
        for channel, state in enumerate(states):
            heard[:] = sound[channel::channels].tolist()
            lib.df_process_frame(state, heard, voice)
            sound[channel::channels] = array("f", voice)
        sys.stdout.buffer.write(sound.tobytes())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
