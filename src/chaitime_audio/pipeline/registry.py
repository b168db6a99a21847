"""From settings to the engines in use: the only place that knows which they are.

An engine is a frozen dataclass ``Engine`` in a file of its kind's folder. It gets the settings it
has fields for, and as options of its own (``engines.asr_options``) what else it has fields for; so
a new engine, or a new option of one, is one file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeVar, get_type_hints

from .. import model_files
from ..audio.mastering import Masterer
from ..audio.mastering.chain.voice_denoise import check_installed
from ..domain.brief import Brief, Show
from ..domain.feed_tags import FeedTags
from ..errors import ConfigError, InputRefusedError, UsageError
from ..language_model import Writer
from ..project import plugins
from ..project.artifacts import ArtifactStore
from ..project.discovery import load_module, plugin_of
from ..project.finder import BRIEF_NAME
from ..project.glossary_file import read_glossary
from ..project.languages import language_code
from ..project.serialization import from_plain, nearest
from ..project.settings import Settings, ShowSettings
from ..recognition.activity import ActivityDetector
from ..recognition.asr import Transcriber
from ..recognition.asr import choose as choose_recognizer
from ..recognition.diarization import Diarizer
from ..recognition.model_choice import model_for, this_machine
from .equipment import Equipment

Engine = TypeVar("Engine")
ENGINE_HOMES = {
    "activity": ActivityDetector.__module__,
    "asr": Transcriber.__module__,
    "diarization": Diarizer.__module__,
    "mastering": Masterer.__module__,
    "notes": Writer.__module__,
}
"""Where the engines of a kind lie: beside the protocol they have to have the members of."""


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Engine]):
    """An engine, its name, and the options that go into its receipts."""

    name: str
    engine: Engine
    options: dict[str, str]


@dataclass(frozen=True, slots=True)
class Registry:
    """Settings of the show, bound to the folder that relative paths start from.

    ``ignored`` says in one sentence which settings do not count, since nobody trusts them (trust.py).
    """

    settings: Settings
    folder: Path | None = None
    ignored: str = ""

    def with_model(self, model: str) -> Registry:
        """Return the same with another Whisper model."""
        engines = dataclasses.replace(self.settings.engines, model=model)
        return dataclasses.replace(self, settings=dataclasses.replace(self.settings, engines=engines))

    def show(self) -> Show:
        """Return the show as episodes know it."""
        named = {field.name for field in dataclasses.fields(Show)}
        chosen = self.settings.show
        values = {name: getattr(chosen, name) for name in named if hasattr(chosen, name)}
        told = {name.name: getattr(self.settings.feed, name.name) for name in dataclasses.fields(FeedTags)}
        return Show(**values, glossary=read_glossary(self.folder), feed=FeedTags(**told))

    def detector(self) -> Chosen[ActivityDetector]:
        """Return the engine that finds speech."""
        return self._choose("activity", self.settings.engines.activity, {})

    def whisper_model(self, kept: str = "") -> str:
        """Return the Whisper model: the one that is named, else what the quality stands for here.

        ``kept`` is the one an episode was made with.
        """
        engines = self.settings.engines
        return engines.model or model_for(engines.quality, this_machine(engines.device), kept)

    def transcriber(self, brief: Brief, kept: str = "", kept_model: str = "") -> Chosen[Transcriber]:
        """Return the recogniser.

        ``kept`` and ``kept_model`` are what ``auto`` and the quality stood for when it last ran.
        """
        name = self.settings.engines.asr
        if name == "auto":
            name = kept or choose_recognizer()
        options = {
            "model": self.whisper_model(kept_model),
            "language": self.language(brief),
            "vocabulary": self._vocabulary(brief) if self.settings.engines.tell_names else (),
            "precision": self.settings.engines.precision,
        }
        return self._choose("asr", name, options, self.settings.engines.asr_options)

    def transcriber_as_kept(self, brief: Brief, artifacts: ArtifactStore) -> Chosen[Transcriber]:
        """Return the recogniser; what the settings leave open stays what it was when the words were made."""
        kept = artifacts.engine_of("transcript"), artifacts.option_of("transcript", "model")
        return self.transcriber(brief, *kept)

    def who(self, at_a_time: str) -> str:
        """Name who does the work and how many at a time: runs by the same take about the same time here."""
        engines = self.settings.engines
        heard = choose_recognizer() if engines.asr == "auto" else engines.asr
        rest = (engines.diarization, engines.activity, engines.mastering, engines.device, at_a_time)
        return " ".join((heard, self.whisper_model(), *rest))

    def language(self, brief: Brief) -> str:
        """Return Whisper's code for the language that was told, for the episode or for the show; or nothing.

        Raises ConfigError for one that Whisper does not know, or that the model cannot hear.
        """
        wanted, where = brief.language or self.settings.show.language, "show.language"
        try:
            code = language_code(wanted)
        except ValueError as cause:
            raise ConfigError(f"{BRIEF_NAME if brief.language else where}: language: {cause}") from cause
        model = self.settings.engines.model
        if model.endswith(".en") and code not in ("", "en"):
            raise ConfigError(f"language = “{wanted}”, but {model} hears English only; choose another model")
        return code

    def check(self, brief: Brief) -> None:
        """Look at every engine that is named, before anything slow. Raises ConfigError for a wrong one."""
        engines = self.settings.engines
        for kind, name in (
            ("asr", engines.asr),
            ("activity", engines.activity),
            ("diarization", engines.diarization),
            ("mastering", engines.mastering),
            ("notes", self.settings.notes.engine),
        ):
            if name not in ("auto", "extractive"):
                self._module(kind, name)
        if self.settings.audio.denoise == "voice":
            check_installed()
        for name in engines.prefer:
            if not any(plugins.named(room, name) for room in (plugins.FORMATS, plugins.CHECKS)):
                raise ConfigError(
                    f"engines.prefer: no plug-in “{name}” is installed; chaitime plugins lists all"
                )
        self.language(brief)

    def diarizer(self, *, has_tracks: bool) -> Chosen[Diarizer]:
        """Return the engine that tells voices apart; ``auto`` takes people's own tracks where there are."""
        chosen = self.settings.engines
        name = chosen.diarization
        if name == "auto":
            name = "tracks" if has_tracks else "pyannote"
        if name == "tracks" and not has_tracks:
            raise InputRefusedError(
                'engines.diarization = "tracks", but the voices of this recording are mixed; use "auto"'
            )
        options = {"model": chosen.diarization_model}
        if chosen.embedding:
            options["embedding"] = chosen.embedding
        return self._choose("diarization", name, options, chosen.diarization_options)

    def masterer(self) -> Chosen[Masterer]:
        """Return the engine that makes the MP3."""
        audio = dataclasses.asdict(self.settings.audio)
        return self._choose("mastering", self.settings.engines.mastering, audio)

    def writer(self) -> Chosen[Writer] | None:
        """Return the language model that words the notes; None when none is configured."""
        chosen = self.settings.notes
        if chosen.engine == "extractive":
            return None
        return self._choose("notes", chosen.engine, {"model": chosen.model, "timeout_s": chosen.timeout_s})

    def model_names(self) -> tuple[str, ...]:
        """Names of the model files that a run needs, each once, as its engines say."""
        has_tracks = self.settings.engines.diarization == "tracks"
        engines = (self.transcriber(Brief()), self.detector(), self.diarizer(has_tracks=has_tracks))
        return tuple(dict.fromkeys(name for one in engines for name in one.engine.model_names()))

    def equipment(self, *, masters: bool) -> Equipment:
        """Return what a worker on another machine needs; ``masters``: it gets whole episodes to master."""
        has_tracks = self.settings.engines.diarization == "tracks"
        engines = (self.detector(), self.transcriber(Brief()), self.diarizer(has_tracks=has_tracks))
        names = {known.sha256: name for name, known in model_files.models().items()}
        sums = [
            (names.get(total, one.options.get("model", one.name)), total)
            for one in engines
            for option, total in one.options.items()
            if option.endswith("_sha256") and option != "snapshot_sha256"
        ]
        return Equipment(tuple(dict.fromkeys(sums)), masters, self._plugins())

    def _plugins(self) -> tuple[tuple[str, str], ...]:
        """The engines in use that other packages bring."""
        engines = self.settings.engines
        chosen = ((kind, getattr(engines, kind)) for kind in ENGINE_HOMES if kind != "notes")
        return tuple((f"{plugins.ENGINES}.{kind}", name) for kind, name in chosen if self._plugin(kind, name))

    def file(self, name: str, setting: str) -> Path | None:
        """Resolve a file that a setting names; None when it is empty.

        Raises ConfigError when it is not there.
        """
        if not name:
            return None
        path = (self.folder or Path()) / name
        try:
            there = path.is_file()
        except (OSError, ValueError) as cause:  # a name that no disk can hold
            raise ConfigError(f"{setting} = “{name[:80]}…”: no file can be called so") from cause
        if not there:
            raise ConfigError(f"{setting} = “{name}”: there is no {path}")
        return path

    @property
    def templates(self) -> Path | None:
        """``config/templates/``, where a show's own templates lie, if there is one."""
        path = self.folder / "templates" if self.folder else None
        return path if path and path.is_dir() else None

    def _vocabulary(self, brief: Brief) -> tuple[str, ...]:
        """Names and terms a recogniser can be told, each once; it takes what its prompt has room for."""
        people = [person.name for person in brief.people]
        show = self.settings.show
        named = show.name if show.name != ShowSettings().name else ""
        terms = [term.spelling for term in read_glossary(self.folder)]
        names = [named, *people, show.host, *show.vocabulary, *terms]
        return tuple(dict.fromkeys(name for name in names if name))

    def _choose(
        self, kind: str, name: str, options: dict[str, Any], own: Mapping[str, object] | None = None
    ) -> Chosen[Any]:
        made, plugin = self._module(kind, name).Engine, self._plugin(kind, name)
        wanted = {"device": self.settings.engines.device, **options}
        known = {field.name for field in dataclasses.fields(made)}
        given = _own_options(made, own or {}, known - wanted.keys(), f"engines.{kind}_options ({name})")
        with plugins.blamed(plugin):
            engine = made(**{key: value for key, value in wanted.items() if key in known}, **given)
            receipt = {"revision": str(engine.revision), **engine.receipt()}
        if plugin:
            name, receipt = (
                plugin.name,
                receipt | {"plugin": plugin.package, "plugin_version": plugin.version},
            )
        return Chosen(name, engine, receipt)

    def _module(self, kind: str, name: str) -> ModuleType:
        try:
            return load_module(ENGINE_HOMES[kind], name, f"{plugins.ENGINES}.{kind}")
        except UsageError as cause:
            setting = "notes.engine" if kind == "notes" else f"engines.{kind}"
            raise ConfigError(f"{setting}: {cause}") from cause

    def _plugin(self, kind: str, name: str) -> plugins.Plugin | None:
        """The plug-in that a name of an engine stands for, if it is one."""
        return plugin_of(ENGINE_HOMES[kind], name, f"{plugins.ENGINES}.{kind}")


def _own_options(made: Any, own: Mapping[str, object], free: set[str], where: str) -> dict[str, Any]:
    """Options for the fields of an engine that no setting fills, each of its field's type.

    Raises ConfigError for one that the engine lacks, that a setting names, or of another type.
    """
    kinds = get_type_hints(made)
    for name in own:
        if name not in free:
            offered = f"it has {', '.join(sorted(free))}" if free else "it has none"
            raise ConfigError(f"{where}: there is no option “{name}”{nearest(name, free)}; {offered}")
    return {name: from_plain(kinds[name], value, f"{where}: {name}") for name, value in own.items()}
