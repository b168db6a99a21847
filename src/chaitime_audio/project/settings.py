"""Every setting, described once.

The sentence beside a setting is its help, the comment in the configuration that
``chaitime init`` writes, and what an error about it repeats.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_type_hints

from ..domain.people import Link
from ..errors import ConfigError
from . import export_settings, feed_settings
from .dates import zone_of
from .export_settings import ClipSettings, PublishSettings
from .feed_settings import FeedSettings
from .guarded_values import anything, no_plain_name, not_our_own, talks
from .serialization import from_plain
from .setting import setting
from .toml_edit import literal

CONFIG_NAME = Path("config") / "chaitime.toml"
Level = Literal["verbatim", "clean", "edited"]
SmallTalk = Literal["keep", "fold"]
Profanity = Literal["keep", "mask"]
Channels = Literal["auto", "mono", "stereo"]
Denoise = Literal["off", "light", "strong", "voice"]
Extra = Literal["m4a", "flac", "wav"]
Precision = Literal["auto", "fp32"]
Quality = Literal["quick", "good", "best"]


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """The show: what every episode shares."""

    name: str = setting("My Show", "Name of the show, as listeners know it.")
    tagline: str = setting("", "One line under the title, such as “Interviews with ML heroes”.")
    about: str = setting("", "“About the series”: a paragraph printed in every post.")
    host: str = setting("", "Full name of the usual host; an episode can name another one.")
    language: str = setting("", "Language spoken, as a two-letter code; empty means: listen and find out.")
    category: str = setting(
        "Technology",
        "Category in podcast directories, as Apple lists them; “Arts > Books” for one with a subcategory.",
    )
    url: str = setting("", "Home page of the show.")
    artwork: str = setting("", "Cover picture, square, 1400 to 3000 pixels; relative to this file.")
    copyright: str = setting("", "Copyright line put into every MP3.")
    explicit: bool = setting(False, "Whether the show needs the explicit flag.")
    author: str = setting("", "Who makes the show, for its feed; empty means: the host.")
    owner_name: str = setting("", "Name of the feed's owner, whom directories write to.")
    owner_email: str = setting("", "Mail address of the feed's owner; public once it is in the feed.")
    media_url: str = setting("", "Address under which the site that `chaitime feed` makes will lie.")
    feed_url: str = setting("", "Address of the feed; empty means: feed.xml under media_url.")
    podcast_guid: str = setting(
        "", "podcast:guid of the feed, if it had one elsewhere; empty means: made from its address."
    )
    serial: bool = setting(False, "Whether episodes are to be heard in order, the first one first.")
    locked: bool = setting(False, "Whether the feed tells other hosts not to import it.")
    ai_content: bool | None = setting(
        None,
        "Whether the episodes include AI content (a machine performs), as the feed says: true or false; "
        "left out, the question is not answered. Levelling, transcripts and notes need no answer.",
    )
    timezone: str = setting(
        "", "Time zone of times told without an offset, such as America/New_York; empty: the machine's."
    )
    media_version: bool = setting(
        False, "Whether the feed gives an MP3 that changed a new address, so that no app plays the old one."
    )
    vocabulary: tuple[str, ...] = setting((), "Names and terms of the show, so that they are heard right.")
    links: tuple[Link, ...] = setting((), "Links printed under every episode: { title = …, url = … }.")


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """The engines: who listens."""

    asr: str = setting("auto", "Speech recogniser: auto (the one that errs least), or its name.")
    tell_names: bool = setting(
        False, "Tell the recogniser names and terms beforehand: some come out right, sentences can be lost."
    )
    quality: Quality = setting(
        "quick", "Which Whisper model hears: quick (base), good (small) or best (turbo, where that pays)."
    )
    model: str = setting(
        "",
        "Whisper model, whatever quality says: base, tiny.en, small, turbo, … or a path to a checkpoint.",
        no_plain_name,
    )
    diarization: str = setting(
        "auto", "Who tells the voices apart: auto (own tracks where there are, else pyannote), or its name."
    )
    diarization_model: str = setting(
        "default",
        "Models for it: default, community-1 (from Hugging Face), or a local snapshot folder.",
        not_our_own,
    )
    embedding: str = setting(
        "", "An ONNX network of yours that embeds voices in the place of CAM++: its path.", bool
    )
    activity: str = setting("pyannote", "Who finds where anybody speaks.")
    mastering: str = setting("ffmpeg", "Who makes the MP3.")
    speakers: int = setting(0, "How many people speak; 0 means: find out.")
    device: str = setting("auto", "Where models run: auto, cpu or cuda.")
    precision: Precision = setting(
        "auto", "Numbers Whisper computes with: auto (int8 on a CPU, half on a GPU), or fp32: slower."
    )
    asr_options: dict[str, Any] = setting({}, "Options only that recogniser has: { name = value }.", anything)
    diarization_options: dict[str, Any] = setting(
        {}, "Options only that diarizer has: { name = value }.", anything
    )
    prefer: tuple[str, ...] = setting(
        (), "Formats and checks of plug-ins that replace ours: PACKAGE:NAME.", guarded=anything
    )
    workers: int = setting(0, "Worker processes, one thread each; 0 means: as many as pay.")


@dataclass(frozen=True, slots=True)
class TextSettings:
    """The text: how the post reads."""

    clean: Level = setting("clean", "How much is tidied: verbatim, clean (fillers go) or edited.")
    small_talk: SmallTalk = setting(
        "keep", "Talk before the greeting and after the goodbye: keep, or fold (hidden until clicked)."
    )
    profanity: Profanity = setting("keep", "Profanity in what is read: keep, or mask (as f***).")


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """The sound: how the MP3 is made."""

    target_lufs: float = setting(-16.0, "Programme loudness in LUFS, measured on the finished MP3.")
    true_peak_dbtp: float = setting(-1.0, "Highest true peak in dBTP, measured on the finished MP3.")
    bit_rate_kbps: int = setting(0, "Constant bit rate in kbit/s; 0 means 96 for mono and 128 for stereo.")
    channels: Channels = setting("auto", "auto (mono unless the recording is true stereo), mono or stereo.")
    intro: str = setting("", "Sound played before the talk; relative to this file.")
    outro: str = setting("", "Sound played after the talk; relative to this file.")
    bed: str = setting("", "Music under the beginning of the talk, softer while somebody speaks.")
    crossfade_ms: int = setting(0, "How many milliseconds intro or outro and talk sound together; 0: none.")
    denoise: Denoise = setting(
        "off",
        "Noise turned down: off, light or strong (hiss, fans, hum), or voice (all else, by a neural net).",
    )
    de_ess: bool = setting(False, "Whether sharp s sounds are softened.")
    trim: bool = setting(True, "Whether quiet before the first and after the last sound is cut.")
    longest_silence_s: float = setting(
        0.0, "Silences longer than this many seconds are shortened to it; 0 leaves them."
    )
    extra_formats: tuple[Extra, ...] = setting((), "Files made besides the MP3: m4a, flac, wav.")


@dataclass(frozen=True, slots=True)
class NotesSettings:
    """The notes: who words them."""

    engine: str = setting(
        "extractive",
        "extractive (nothing leaves this machine), or openai-compatible: a language model at "
        "CHAITIME_NOTES_URL (key: CHAITIME_NOTES_KEY) proposes wording.",
        talks,
    )
    model: str = setting("", "Name of that language model, as its server calls it.")
    timeout_s: float = setting(120.0, "How many seconds it may take; then the notes stay as extracted.")


@dataclass(frozen=True, slots=True)
class ChapterSettings:
    """The chapters: how many there are."""

    per_hour: float = setting(5.0, "How many chapters an hour of talk gets; short episodes get three.")


@dataclass(frozen=True, slots=True)
class HookSettings:
    """The hooks: what runs when an episode is made."""

    after: tuple[str, ...] = setting(
        (),
        "Command (a list: program, arguments) that batch and watch run after each episode they made; "
        "the episode's folder is its last argument.",
        anything,
    )
    timeout_s: float = setting(600.0, "How many seconds that command may take.")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a show. ``folder`` is where relative paths start."""

    show: ShowSettings = field(default_factory=ShowSettings)
    engines: EngineSettings = field(default_factory=EngineSettings)
    text: TextSettings = field(default_factory=TextSettings)
    audio: AudioSettings = field(default_factory=AudioSettings)
    notes: NotesSettings = field(default_factory=NotesSettings)
    chapters: ChapterSettings = field(default_factory=ChapterSettings)
    hooks: HookSettings = field(default_factory=HookSettings)
    clips: ClipSettings = field(default_factory=ClipSettings)
    feed: FeedSettings = field(default_factory=FeedSettings)
    publish: PublishSettings = field(default_factory=PublishSettings)


def find_config(start: Path) -> Path | None:
    """Return the nearest ``config/chaitime.toml`` in ``start`` or a folder above it."""
    paths = (folder / CONFIG_NAME for folder in (start, *start.parents))
    return next((path for path in paths if path.is_file()), None)


def read_toml(path: Path) -> dict[str, Any]:
    """Parse a TOML file. Raises ConfigError with file and line on anything that is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as cause:
        raise ConfigError(f"cannot read {path}: {cause.strerror}") from cause
    except UnicodeDecodeError as cause:
        raise ConfigError(f"{path} is not valid TOML: {cause}; save it as UTF-8") from cause
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as cause:
        raise ConfigError(f"{path} is not valid TOML: {cause}") from cause


def load(path: Path | None) -> Settings:
    """Read a configuration; None gives the defaults.

    Raises ConfigError naming the file, the setting, and what it is for.
    """
    if path is None:
        return Settings()
    loaded = from_plain(Settings, read_toml(path), str(path), _about)
    _check(loaded, path)
    return loaded


def describe(section: type[Any], name: str) -> str:
    """Return the sentence that describes a setting."""
    found = next(item for item in dataclasses.fields(section) if item.name == name)
    return str(found.metadata["about"])


def example(values: dict[str, dict[str, Any]] | None = None) -> str:
    """Return a whole configuration as TOML with every setting's sentence above it.

    ``values`` (section to name to value) are written out; all others stay comments, at their default.
    """
    lines = ["# chaitime: the settings of this show. Lines with # show the default.", ""]
    for section in dataclasses.fields(Settings):
        kind = get_type_hints(Settings)[section.name]
        lines += [f"[{section.name}]  # {kind.__doc__}"]
        given = (values or {}).get(section.name, {})
        for item in dataclasses.fields(kind):
            shown = given.get(item.name, getattr(kind(), item.name))
            mark = "" if item.name in given else "# "
            unset = f"# {item.name} is not set"
            written = unset if shown is None else f"{mark}{item.name} = {literal(shown)}"
            lines += [f"# {item.metadata['about']}", written]
        lines.append("")
    return "\n".join(lines)


def _check(loaded: Settings, path: Path) -> None:
    """Refuse values that have the right type but make no sense."""
    audio = loaded.audio
    limits = [
        ("audio", "target_lufs", -40 <= audio.target_lufs <= -5),
        ("audio", "true_peak_dbtp", -9 <= audio.true_peak_dbtp <= 0),
        ("audio", "bit_rate_kbps", audio.bit_rate_kbps in (0, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)),
        ("audio", "longest_silence_s", audio.longest_silence_s == 0 or audio.longest_silence_s >= 0.5),
        ("audio", "crossfade_ms", 0 <= audio.crossfade_ms <= 60_000),
        ("hooks", "timeout_s", 1 <= loaded.hooks.timeout_s <= 86_400),
        ("notes", "timeout_s", 1 <= loaded.notes.timeout_s <= 3600),
        ("chapters", "per_hour", 1 <= loaded.chapters.per_hour <= 60),
        ("show", "timezone", not loaded.show.timezone or zone_of(loaded.show.timezone) is not None),
        ("engines", "speakers", 0 <= loaded.engines.speakers <= 20),
        ("engines", "workers", 0 <= loaded.engines.workers <= 256),
        *(("clips", name, False) for name in export_settings.unfit(loaded.clips)),
        *(("feed", name, False) for name in feed_settings.unfit(loaded.feed)),
    ]
    for section, name, fine in limits:
        if not fine:
            value = getattr(getattr(loaded, section), name)
            kind = get_type_hints(Settings)[section]
            fault = "is no time zone" if name == "timezone" else "is out of range"
            raise ConfigError(f"{path}: {section}.{name} = {value} {fault} ({describe(kind, name)})")


def _about(path: Sequence[str]) -> str:
    """The description of the setting that keys of a document lead to, in brackets; or nothing."""
    section = get_type_hints(Settings).get(path[0]) if len(path) > 1 else None
    known = {item.name for item in dataclasses.fields(section)} if section else set[str]()
    return f" ({describe(section, path[1])})" if section and path[1] in known else ""
