"""From turns to a post: exchanges, paragraphs, lists, chapters."""
