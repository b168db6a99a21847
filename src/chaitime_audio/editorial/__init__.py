"""Pure verbs: values in, values out. No files, no clock, no settings, no models."""
