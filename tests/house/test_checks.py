"""The table of checks in the documentation names tests that there are."""

import re

from tests.house.project import ROOT

TABLE = (ROOT / "docs/checks.md").read_text()
ROWS = re.findall(r"^\| (\d+) \| (.+) \| (.+) \|$", TABLE, re.MULTILINE)


def test_all_thirty_five_checks_are_there_and_each_says_what_proves_it():
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 36))
    silent = [
        number
        for number, _, proof in ROWS
        if not re.search(r"`tests/|\bopen\b|\ba person (?:looks|opens)\b", proof)
    ]
    assert silent == []


def test_every_test_that_is_named_as_a_proof_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TABLE)
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not (ROOT / path).exists() or f"def {test}(" not in (ROOT / path).read_text()
    ]
    assert len(named) > 30
    assert missing == []
