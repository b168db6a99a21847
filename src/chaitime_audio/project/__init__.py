"""What lies on disk: folders, files that people and the program write, settings, receipts."""
