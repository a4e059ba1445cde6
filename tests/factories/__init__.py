"""Rows for tests: a believable default for every field, so that a test names only what it is about."""
