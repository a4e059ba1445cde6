"""Each of the thirty-four faults has a test that bears its number."""

import ast
from collections.abc import Iterator

from tests.house.project import ROOT, files
from tests.tasks.faults.table import FAULTS


def numbers() -> Iterator[int]:
    for path in files("test_*.py"):
        if path.relative_to(ROOT).parts[0] == "tests" and "mark.fault" in path.read_text():
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.fault":
                    yield from (ast.literal_eval(argument) for argument in node.args)


def test_every_fault_has_a_test_and_every_number_is_a_fault():
    found = set(numbers())
    assert set(FAULTS) == set(range(1, 35))
    assert found == set(FAULTS), f"without a test: {sorted(set(FAULTS) - found)}"
