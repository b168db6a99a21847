"""From one interview recording to a published episode: Q&A transcript, show notes, tagged MP3.

What a program may use stands in ``__all__`` and in docs/api.md; all else may change without a word. A name is
imported when it is first asked for, so that ``import chaitime_audio`` costs next to nothing.
"""

from __future__ import annotations

__version__ = "0.1.0"
TYPE_CHECKING = False  # as typing's, which would cost more to import than all of this

if TYPE_CHECKING:
    from .api.following import Cancellation, Progress
    from .api.making import Details, Processed, process
    from .api.publishing import build_site
    from .api.reading import check, load_settings, open_episode, render
    from .checks import CheckContext, Finding
    from .domain.brief import Brief, ChapterWish, Show
    from .domain.episode import (
        Chapter,
        Episode,
        Exchange,
        Notes,
        Paragraph,
        Quote,
        Remark,
        Sentence,
        Soundbite,
    )
    from .domain.people import Cast, Link, Person, Voice
    from .domain.sound import Loudness, Master, PublishedMs, SourceMs, Span, Timeline
    from .domain.speech import Diarization, Turn, Utterance, Word
    from .errors import (
        BatchFailedError,
        ChaitimeError,
        ConfigError,
        ConflictError,
        DestinationError,
        InputRefusedError,
        LockedError,
        ModelUnavailableError,
        NotMadeError,
        UsageError,
        WorkerDiedError,
    )
    from .formats.rendering.templates import Templates
    from .project.export_settings import ClipSettings, PublishSettings
    from .project.feed_settings import FeedSettings
    from .project.settings import (
        AudioSettings,
        ChapterSettings,
        EngineSettings,
        HookSettings,
        NotesSettings,
        Settings,
        ShowSettings,
        TextSettings,
    )
    from .site.publish_site import PublishedSite

_HOMES = {
    "api.following": "Cancellation Progress",
    "api.making": "Details Processed process",
    "api.publishing": "build_site",
    "api.reading": "check load_settings open_episode render",
    "checks": "CheckContext Finding",
    "domain.brief": "Brief ChapterWish Show",
    "domain.episode": "Chapter Episode Exchange Notes Paragraph Quote Remark Sentence Soundbite",
    "domain.people": "Cast Link Person Voice",
    "domain.sound": "Loudness Master PublishedMs SourceMs Span Timeline",
    "domain.speech": "Diarization Turn Utterance Word",
    "formats.rendering.templates": "Templates",
    "errors": "BatchFailedError ChaitimeError ConfigError ConflictError DestinationError InputRefusedError "
    "LockedError ModelUnavailableError NotMadeError UsageError WorkerDiedError",
    "project.export_settings": "PublishSettings ClipSettings",
    "project.feed_settings": "FeedSettings",
    "project.settings": "AudioSettings ChapterSettings EngineSettings HookSettings NotesSettings Settings "
    "ShowSettings TextSettings",
    "site.publish_site": "PublishedSite",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "AudioSettings",
    "BatchFailedError",
    "Brief",
    "Cancellation",
    "Cast",
    "ChaitimeError",
    "Chapter",
    "ChapterSettings",
    "ChapterWish",
    "CheckContext",
    "ClipSettings",
    "ConfigError",
    "ConflictError",
    "DestinationError",
    "Details",
    "Diarization",
    "EngineSettings",
    "Episode",
    "Exchange",
    "FeedSettings",
    "Finding",
    "HookSettings",
    "InputRefusedError",
    "Link",
    "LockedError",
    "Loudness",
    "Master",
    "ModelUnavailableError",
    "NotMadeError",
    "Notes",
    "NotesSettings",
    "Paragraph",
    "Person",
    "Processed",
    "Progress",
    "PublishSettings",
    "PublishedMs",
    "PublishedSite",
    "Quote",
    "Remark",
    "Sentence",
    "Settings",
    "Show",
    "ShowSettings",
    "Soundbite",
    "SourceMs",
    "Span",
    "Templates",
    "TextSettings",
    "Timeline",
    "Turn",
    "UsageError",
    "Utterance",
    "Voice",
    "Word",
    "WorkerDiedError",
    "__version__",
    "build_site",
    "check",
    "load_settings",
    "open_episode",
    "process",
    "render",
]


if not TYPE_CHECKING:  # a type checker knows the names from above, and finds those that are misspelt

    def __getattr__(name):
        """Import a public name from its room, once."""
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        found = getattr(import_module(f".{_HOME_OF[name]}", __name__), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    """Every public name, imported or not."""
    return sorted({*globals(), *__all__})
