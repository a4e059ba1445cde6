"""Tests on clients' websites: the list, the records of designers, and one test with its sums."""
