"""Clips: a thought out of an episode as sound, and as a picture that moves with its words in it.

`plan` chooses whole sentences and where to cut; `sound` cuts and levels; `layout` says what stands where in
each shape; `backdrop` draws what does not move, `frames` what does; `captions` writes the words for libass;
`film` puts it all into an MP4; `posts` says it in words.
"""
