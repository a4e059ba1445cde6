"""Rows to compact records: one query each, and the database does the counting."""
