"""Tags and covers: ID3, MP4, FLAC, RIFF."""
