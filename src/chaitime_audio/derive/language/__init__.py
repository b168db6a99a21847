"""What depends on a language: a file per language and purpose (``_editing_en``, ``_reading_de`` …)."""
