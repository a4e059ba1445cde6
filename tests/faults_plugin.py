"""After a run with tests of faults: which fault, what a right client does, and whether ours did.

A test bears its numbers: `@pytest.mark.fault(7)`. The table is in tests/tasks/faults/table.py.
"""

from collections import defaultdict
from typing import Any

import pytest

from tests.tasks.faults.table import FAULTS

Told = dict[int, dict[str, set[str]]]  # number -> outcome -> tests


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The number travels with the report: with xdist the table is printed in another process."""
    for item in items:
        for marker in item.iter_markers("fault"):
            item.user_properties += [("fault", number) for number in marker.args]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    told = _told(terminalreporter.stats)
    if not told:
        return
    terminalreporter.section("what goes wrong, and what we do about it")
    for number, (fault, right) in FAULTS.items():
        if number in told:
            outcomes = {name: len(tests) for name, tests in told[number].items()}
            counts = ", ".join(f"{count} {name}" for name, count in sorted(outcomes.items()))
            names = sorted({_name(test) for tests in told[number].values() for test in tests})
            terminalreporter.write_line(f"{number:>2}  {fault}: {right}")
            terminalreporter.write_line(f"    {counts}: {'; '.join(names)}")
    right_ones = sum(1 for outcomes in told.values() if set(outcomes) == {"passed"})
    terminalreporter.write_line(f"{right_ones} of {len(FAULTS)} faults: right in every test")


def _told(stats: dict[str, list[Any]]) -> Told:
    found: Told = defaultdict(lambda: defaultdict(set))
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", ()):
                if name == "fault":
                    found[value][outcome].add(report.nodeid)
    return found


def _name(node: str) -> str:
    return node.rpartition("::")[2].partition("[")[0].removeprefix("test_").replace("_", " ")
