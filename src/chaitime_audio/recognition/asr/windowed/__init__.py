"""Speech recognition in windows: what recognisers of the Whisper family share."""
