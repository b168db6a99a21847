"""Episode to bytes: files for other tools, made when asked for and kept in ``exports/`` of the episode.

`marks` says what stands when, in either clock; `labels`, `regions`, `edl` and `document` write it down.
``clips/`` makes short pictures with sound, ``video/`` the whole episode as one.
"""
