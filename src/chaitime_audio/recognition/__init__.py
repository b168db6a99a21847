"""Who says what: speech activity, recognition, diarization. One folder a kind, one file an engine."""
