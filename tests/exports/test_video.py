"""The whole episode as a film: pictures, then the file, read by others than us."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pysubs2
import pytest
from clip_episode import material, write_master
from example_episode import example, with_cut, with_intro
from PIL import Image

from chaitime_audio.audio import ffmpeg
from chaitime_audio.domain.sound import Timeline, span
from chaitime_audio.editorial.notes.tags import chapter_marks
from chaitime_audio.errors import UsageError
from chaitime_audio.exports.clips.frames import Voiced
from chaitime_audio.exports.clips.layout import Box
from chaitime_audio.exports.placing import ExportFolder
from chaitime_audio.exports.video import camera, moving
from chaitime_audio.exports.video.making import make_video
from chaitime_audio.exports.video.planes import planes_of

CUT = span(5_000, 9_000)


@pytest.mark.pure
def test_colours_survive_as_planes():
    """White, black and red become the values that BT.709 gives them in limited range."""
    for colour, wanted in (
        ("#ffffff", (235, 128, 128)),
        ("#000000", (16, 128, 128)),
        ("#ff0000", (63, 102, 240)),
    ):
        made = planes_of(np.asarray(Image.new("RGB", (4, 4), colour)))
        assert (int(made.y[0, 0]), int(made.u[0, 0]), int(made.v[0, 0])) == wanted
        assert (made.y.shape, made.u.shape) == ((4, 4), (2, 2))


@pytest.mark.pure
def test_stills_change_with_the_chapters():
    """Each moment shows its chapter's picture, from the frame in which it begins on."""
    pictures = [planes_of(np.full((4, 4, 3), tone, np.uint8)) for tone in (0, 255)]
    shown = [frame[0] for frame in moving.still_frames(pictures, [0, 1_600], 3_900, fps=2)]
    assert shown == [16, 16, 16, 16, 235, 235, 235, 235]


@pytest.mark.pure
def test_the_waveform_moves_in_its_place_alone():
    """Frames differ from the still where the waveform is alone; there is one for every fifth of a second."""
    still = planes_of(np.full((120, 240, 3), 30, np.uint8))
    heights = moving.heights_of([0.1, 0.5, 0.2, 0.4, 0.3])
    wave = (heights, [Voiced(0, "#ff0000"), Voiced(600, "#00ff00")], Box(10, 40, 216, 60))
    found = [
        np.frombuffer(one, np.uint8)[: 120 * 240].reshape(120, 240)
        for one in moving.wave_frames([still], [0], wave, 1_000)
    ]
    assert len(found) == 5
    changed = np.any(np.asarray(found) != still.y, axis=0)
    outside = changed.copy()
    outside[40:100, 10:226] = False
    assert changed.any()
    assert not outside.any()
    assert (found[0] != found[3]).any()


@pytest.mark.pure
def test_a_camera_keeps_as_many_frames_as_the_programme_has():
    """Every kept stretch takes its own frames; together they are the programme's, whatever the cuts."""
    cuts = tuple(span(1_000 * at + 10, 1_000 * at + 317) for at in range(1, 15))
    cut = replace(with_cut(example(), CUT), timeline=Timeline(2_000, cuts))
    filters = camera.filters_for(cut, Path("talk.mp4"), 20_000)
    taken = [int(last) - int(first) + 1 for first, last in re.findall(r"between\(n,(\d+),(\d+)\)", filters)]
    assert len(taken) == 15
    whole_ms = 20_000 - sum(one.duration_ms for one in cuts)
    assert abs(sum(taken) - whole_ms * camera.FPS / 1000) <= 1
    assert "start_duration=2.000" in filters


@pytest.mark.pure
def test_what_no_camera_can_be_cut_with():
    """Several recordings are refused with the reason."""
    for paths, arrangement, said in (
        ([Path("a"), Path("b")], "parts", "2 parts"),
        ([Path("a")], "tracks", "own clock"),
    ):
        with pytest.raises(UsageError, match=said):
            camera.camera_of(paths, arrangement)


@pytest.mark.integration
def test_the_film_holds_sound_captions_and_chapters(tmp_path):
    """Another reader finds H.264, AAC and captions, the times of both as published, and all chapters."""
    episode = with_intro(example(), 1_000)
    master = write_master(tmp_path / "master.mp3", 21.0)
    paths = list(make_video(material(episode, master), ExportFolder(tmp_path / "out")))
    assert [path.name for path in paths] == ["001-tom-ellery.video.mp4", "001-tom-ellery.video.srt"]
    with av.open(str(paths[0])) as found:
        kinds = [(one.type, one.codec_context.name if one.codec_context else "") for one in found.streams]
        assert kinds[:2] == [("video", "h264"), ("audio", "aac")]
        assert (found.streams.video[0].width, found.streams.video[0].height) == (1920, 1080)
        assert abs(found.duration / 1000 - 21_000) <= 540
        marks = [(one["metadata"]["title"], one["start"] * one["time_base"]) for one in found.chapters()]
    wanted = chapter_marks(episode)
    assert [title for title, _ in marks] == [mark.title for mark in wanted]
    assert [round(float(at) * 1000) for _, at in marks] == [mark.start_ms for mark in wanted]
    inside = tmp_path / "inside.srt"
    command = [ffmpeg.ffmpeg_path(), "-loglevel", "error", "-i", str(paths[0]), "-map", "0:s:0", str(inside)]
    subprocess.run(command, check=True)
    track, beside = (pysubs2.load(str(path)) for path in (inside, paths[1]))
    assert [event.plaintext for event in track] == [event.plaintext for event in beside]
    assert all(abs(one.start - other.start) <= 2 for one, other in zip(track, beside, strict=True))


@pytest.mark.integration
def test_the_camera_is_cut_in_sync_with_the_sound(tmp_path):
    """What turns white at 12 s turns white in the film when the sound of 12 s plays, behind intro and cut."""
    source = tmp_path / "talk.mp4"
    drawn = "color=c=black:s=64x48:r=25:d=20,drawbox=color=white:t=fill:enable='gte(t,12)'"
    sound = "sine=frequency=300:duration=20"
    command = [
        ffmpeg.ffmpeg_path(),
        "-loglevel",
        "error",
        "-f",
        "lavfi",
        "-i",
        drawn,
        "-f",
        "lavfi",
        "-i",
        sound,
    ]
    subprocess.run(
        [*command, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", str(source)], check=True
    )
    cut = replace(with_cut(example(), CUT), timeline=Timeline(1_000, (CUT,)))
    cut = replace(cut, master=replace(cut.master, duration_ms=17_000))
    master = write_master(tmp_path / "master.mp3", 17.0)
    assert camera.camera_of([source], "single") == source
    filters = camera.filters_for(cut, source, 20_000)
    film, _ = make_video(material(cut, master), ExportFolder(tmp_path / "out"), camera=(source, filters))
    with av.open(str(film)) as found:
        stream = found.streams.video[0]
        times = [
            float(frame.pts * stream.time_base)
            for frame in found.decode(stream)
            if frame.to_ndarray(format="gray").mean() > 128
        ]
    assert times[0] == pytest.approx(12 - 4 + 1, abs=0.041)
    assert times[-1] == pytest.approx(17, abs=0.1)
