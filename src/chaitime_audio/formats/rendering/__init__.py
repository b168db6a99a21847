"""What formats are rendered with: templates, page model, captions, escaping, clocks."""
