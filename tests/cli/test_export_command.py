"""``chaitime export``: files for other tools, in exports/ of the episode."""

from __future__ import annotations

import docx


def test_labels_and_document(show):
    """Each kind is written to exports/ and named on stdout; --out takes another folder."""
    show.run("process", show.tones(), "-q")
    before = sorted(path.name for path in show.out.iterdir())
    code, out, _ = show.run("export", "labels", show.episode)
    assert code == 0
    assert out.split() == [str(show.episode / "exports" / "talk.speakers.labels.txt")]
    code, out, _ = show.run("export", "docx", show.episode, "--out", show.folder / "for word")
    assert code == 0
    assert docx.Document(str(show.folder / "for word" / "talk.docx")).paragraphs
    code, out, _ = show.run("export", "edl", show.episode, "--rate", "24")
    assert code == 0
    assert "TALK.WAV" in (show.episode / "exports" / "talk.edl").read_text(encoding="utf-8").upper()
    assert sorted(path.name for path in show.out.iterdir()) == before


REFUSED = (
    (("labels", "EPISODE", "--what", "cuts"), 3, "has no cuts"),
    (("regions", "EPISODE", "--what", "quotes"), 3, "has no quotes"),
    (("labels", "EPISODE", "--what", "verses"), 2, "verses"),
    (("edl", "EPISODE", "--rate", "0"), 2, "0"),
    (("labels", "nowhere"), 2, "nowhere"),
)


def test_what_cannot_be_exported(show):
    """One line says what is missing, with the right exit code, and nothing is written."""
    show.run("process", show.tones(), "-q")
    for arguments, code, said in REFUSED:
        typed = (show.episode if one == "EPISODE" else one for one in arguments)
        found, _, err = show.run("export", *typed)
        assert (found, said in err) == (code, True), arguments
    assert not (show.episode / "exports").exists()


def test_a_clip_that_cannot_be_made(show):
    """No picture, no time, nobody speaking: one line, exit code 2, and nothing is written."""
    show.run("process", show.tones(), "-q")
    (show.folder / "photo.jpg").write_bytes(b"no picture")
    refused = (
        (("--at", "0:00-0:11", "--photo", show.folder / "photo.jpg"), "cannot be read as a picture"),
        (
            (
                "--at",
                "0:05-0:02",
            ),
            "write it like 12:40-13:25",
        ),
        (
            (
                "--at",
                "soon",
            ),
            "write it like 12:40-13:25",
        ),
        (("--at", "0:00-0:03"), "too short"),
        (("--at", "50:00-51:00"), "nobody speaks"),
        (("--quote", "1"), "no quote 1"),
        (("--pick", "9"), "no clip 9"),
    )
    for arguments, said in refused:
        code, _, err = show.run("export", "clips", show.episode, *arguments)
        assert (code, said in err, err.count("\n")) == (2, True, 1), (arguments, err)
    assert not (show.episode / "exports").exists()
    code, _, err = show.run("export", "video", show.episode, "--camera")
    assert (code, "no moving picture" in err) == (2, True), err
