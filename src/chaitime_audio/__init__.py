"""From one interview recording to a published episode: Q&A transcript, show notes, tagged MP3."""

__version__ = "0.1.0"
