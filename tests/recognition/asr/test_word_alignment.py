"""Word times: whole words, and how far a text can reach."""

from __future__ import annotations

from chaitime_audio.recognition.asr.windowed.word_alignment import heard_frames, whole_words


def test_pieces_go_back_on_their_word() -> None:
    """Punctuation, thousands and hyphens stay on their word; opening quotes on the next one."""
    pieces = [" “", "Yes", ",", " 1", ",200", " well", "-known", ".", "”"]
    timed = [(piece, at * 100, at * 100 + 100, 0.5) for at, piece in enumerate(pieces)]
    assert [word for word, *_ in whole_words("en", timed)] == ["“Yes,", "1,200", "well-known.”"]


def test_languages_without_blanks_keep_their_pieces() -> None:
    """Where words are not set apart by blanks, each piece stays a word of its own."""
    timed = [("你", 0, 100, 0.5), ("好", 100, 200, 0.5), ("。", 200, 300, 0.5)]
    assert [word for word, *_ in whole_words("zh", timed)] == ["你", "好。"]


def test_text_that_ends_early_lies_before_its_end() -> None:
    """When Whisper stops in the middle of a window, no word of its text is placed after where it stopped."""

    class Tokenizer:
        timestamp_begin = 1_000

    assert heard_frames(Tokenizer, [1_000, 7, 8, 1_125], 20_000) == 125 + 25
    assert heard_frames(Tokenizer, [1_000, 7, 8, 1_990], 20_000) == 1_000
    assert heard_frames(Tokenizer, [7, 8], 20_000) == 1_000
    assert heard_frames(Tokenizer, [], 45_000) == 1_500
