"""Rows for tests: a believable default for every field; a test names only what it is about."""
