"""How ``chaitime --help`` is read at a glance: commands under headings, each with a phrase of its own.

A command that does not stand here is shown under `MORE` with the first sentence of its help.
"""

from __future__ import annotations

SECTIONS: dict[str, dict[str, str]] = {
    "Every day": {
        "process": "a recording into an episode, or an episode brought up to date",
        "studio": "read, listen and correct in the browser",
        "check": "is it ready to publish, and how to mend what is not",
        "status": "how every episode in a folder stands, stage by stage",
        "batch": "make every episode in a folder",
        "watch": "make episodes as recordings arrive",
    },
    "Correct": {
        "queue": "what to check first, and how much of it is settled",
        "speakers": "who the voices are, why, and how they sound; name them",
        "corrections": "what was decided: list, add, undo, redo, revert",
        "import": "bring back what somebody edited elsewhere",
        "glossary": "how the show writes names and terms: list, add, apply",
        "relisten": "hear a passage again, with another model or language",
        "render": "write the texts again; show what cleaning changed",
        "score": "compare with a text that you corrected, in figures",
    },
    "Publish": {
        "notes": "show notes, ready to paste: apple, spotify, youtube …",
        "export": "files for other tools: clips, video, labels, docx …",
        "report": "how good the sound is, as a page with pictures",
        "feed": "feed.xml and a site from a folder of episodes",
        "publish": "put the finished files where they belong",
    },
    "Look after": {
        "demo": "make the sample episode, to see what comes out",
        "init": "write a configuration for a show",
        "config": "every setting and where it comes from; a schema for editors",
        "doctor": "what is present, what is missing, how to mend it",
        "models": "the model files: list, pull, verify",
        "voices": "people whose voice the show knows: list, add, remove",
        "forget": "remove what a person could be known by again",
        "fsck": "are kept episodes whole, byte for byte; mend them",
        "trust": "let a configuration beside recordings run code",
        "plugins": "parts that other packages bring",
        "completion": "complete commands and options in your shell",
    },
}
MORE = "More"


def in_sections(names: list[str]) -> dict[str, list[str]]:
    """Commands by heading, each once; a heading without commands is left out."""
    listed = {title: [name for name in known if name in names] for title, known in SECTIONS.items()}
    placed = {name for known in listed.values() for name in known}
    listed[MORE] = [name for name in names if name not in placed]
    return {title: found for title, found in listed.items() if found}


def phrase_of(name: str) -> str:
    """What a command does, in a phrase; empty for one that does not stand here."""
    return next((known[name] for known in SECTIONS.values() if name in known), "")
