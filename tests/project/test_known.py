"""The files of known voices: whatever a person is called, they can be read again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from chaitime_audio.project.voice_store import EnrolledSpeaker, VoiceEmbedding, enrol, enrolled_speakers

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["\x7f", '"\\\n\x00🎙']
)
numbers = st.floats(-1, 1).map(lambda value: round(value, 5))


@settings(deadline=None)
@given(words, words, st.lists(numbers, min_size=1, max_size=4))
def test_a_print_reads_back(name: str, episode: str, vector: list[float]) -> None:
    """DEL, controls, quotes, emoji, line breaks, backslashes in a name or an episode; tiny numbers."""
    fresh = VoiceEmbedding(episode, "sum", 9000, tuple(vector))
    with tempfile.TemporaryDirectory() as place:
        enrol(Path(place), "A" + name, fresh)
        assert enrolled_speakers(Path(place)) == (EnrolledSpeaker("A" + name, (fresh,)),)
