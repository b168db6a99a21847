"""The public names: the list, what importing them costs, and that errors go through pickle."""

from __future__ import annotations

import inspect
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

import chaitime_audio

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
PUBLIC = set(
    """
    process open_episode render check build_site load_settings Cancellation Progress Processed Details
    Episode Show Brief ChapterWish Person Cast Voice Link Utterance Word Turn Diarization Exchange Remark
    Paragraph Sentence Chapter Quote Soundbite Notes Span SourceMs PublishedMs Timeline Master Loudness
    Finding CheckContext Templates PublishedSite Settings ShowSettings EngineSettings TextSettings
    AudioSettings NotesSettings ChapterSettings HookSettings ClipSettings FeedSettings PublishSettings
    ChaitimeError UsageError ConfigError NotMadeError InputRefusedError ModelUnavailableError BatchFailedError
    DestinationError WorkerDiedError LockedError ConflictError __version__
    """.split()
)


def test_the_list_of_public_names() -> None:
    """A public name is added or taken away on purpose: here, in __all__, and never twice."""
    assert set(chaitime_audio.__all__) == PUBLIC
    assert len(chaitime_audio.__all__) == len(PUBLIC)
    assert set(dir(chaitime_audio)) >= PUBLIC


def test_every_public_name_is_there_and_described() -> None:
    """Each one can be imported, and each function and class says what it is for."""
    for name in sorted(PUBLIC - {"__version__"}):
        found = getattr(chaitime_audio, name)
        if inspect.isroutine(found) or inspect.isclass(found):
            assert inspect.getdoc(found), name
    with pytest.raises(AttributeError, match="no attribute 'proces'"):
        chaitime_audio.proces  # type: ignore[attr-defined]  # noqa: B018


def test_every_error_below_the_base_is_public() -> None:
    """The whole tree of errors.py can be caught by its public names, and each has a row in the manual."""
    from chaitime_audio import errors

    tree = {name for name, found in vars(errors).items() if name.endswith("Error") and inspect.isclass(found)}
    assert tree <= PUBLIC
    assert all(f"| `{name}`" in PAGE.read_text(encoding="utf-8") for name in tree)


def test_every_section_of_the_settings_is_public() -> None:
    """A program that changes one setting can name the class it stands in."""
    sections = get_type_hints(chaitime_audio.Settings).values()
    assert {section.__name__ for section in sections} <= PUBLIC


@pytest.mark.parametrize("name", sorted(name for name in PUBLIC if name.endswith("Error")))
def test_every_public_error_survives_pickling(name: str) -> None:
    """Type, text, arguments, attributes and exit code are the same behind pickle."""
    kind = getattr(chaitime_audio, name)
    error = kind("transcript", "not made") if name == "NotMadeError" else kind("what, where, how")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (str(again), vars(again), again.exit_code) == (str(error), vars(error), error.exit_code)


@pytest.mark.integration
def test_importing_is_light() -> None:
    """The import loads nothing but itself; all public names together load no heavy library."""
    code = (
        "import sys; before = set(sys.modules)\n"
        "import chaitime_audio\n"
        "print(sorted(name for name in set(sys.modules) - before if name.startswith('chaitime')))\n"
        "[getattr(chaitime_audio, name) for name in chaitime_audio.__all__]\n"
        "heavy = 'torch numpy scipy PIL matplotlib faster_whisper pyannote click rich jinja2'.split()\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["['chaitime_audio']", "[]"]


def test_the_manual_names_what_there_is() -> None:
    """Every name that the page takes from the package is public."""
    used = set(re.findall(r"chaitime\.([A-Za-z_]\w+)", PAGE.read_text(encoding="utf-8")))
    assert used - {"toml"} <= PUBLIC
    assert {"process", "open_episode", "render", "check", "build_site", "Cancellation"} <= used
