"""The page in the browser: read, listen and correct, served to this machine alone."""
