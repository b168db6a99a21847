"""Sound: read, decoded, aligned, levelled, mastered. ``ffmpeg`` is the only module that starts ffmpeg."""
