"""What Django's own habits of a language would do otherwise than we."""
