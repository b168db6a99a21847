"""The whole episode as a film: a still picture a chapter, a slow waveform, or the camera's own picture.

`cards` draws a picture for each chapter; `planes` turns pictures into what H.264 takes, once; `moving` makes
frames; `camera` cuts a recording that is a film itself; `movie` writes the MP4.
"""
