"""Finds what is to be translated, keeps the catalogues in step with it, and says what is missing.

Babel does the work, in Python alone: no tool of the system is needed.
"""
