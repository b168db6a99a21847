"""A transcript that was edited elsewhere, beside ours: what differs, and which corrections make it so."""
