"""Published files to where the web takes them from: a folder, or whatever rclone reaches.

`files` says what there is to send, in which order; `places` puts a file there; `receipt` remembers what was
sent, by its sum; `sending` brings the three together.
"""
