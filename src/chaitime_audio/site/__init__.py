"""Many episodes: the feed of a show and a static site for it.

``members`` reads episodes from their folders as they were made; ``feed`` and ``site`` turn them
into text; ``publish_site`` puts everything into a folder that any web host serves.
"""
