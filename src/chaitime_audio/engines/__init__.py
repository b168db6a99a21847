"""The outside world: recognisers, diarizers, ffmpeg, tag writers. One folder a kind, one file an engine."""
