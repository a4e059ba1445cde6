"""bin/up has fewer packages than bin/test: what the demo runs must be among them."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.house.project import ROOT

DOUBLE = ROOT / "tests" / "asana_double"
OURS = {"tests", "tasks", "godview", "clients"}


def modules() -> list[Path]:
    """What the demo's Asana is made of; its own tests are not."""
    files = (path for path in DOUBLE.glob("*.py") if not path.name.startswith("test_"))
    return [path for path in files if path.name not in ("conftest.py", "fixtures.py")]


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found - OURS - set(sys.stdlib_module_names)


def test_the_demos_asana_needs_nothing_that_bin_up_does_not_install():
    lock = (ROOT / "requirements" / "demo.txt").read_text()
    locked = {name.lower() for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    distributions = packages_distributions()
    wanted = {name for path in modules() for name in imported(path)}
    assert "jsonschema_rs" in wanted, "it reads the imports"
    missing = {
        name
        for name in wanted
        if not {d.lower().replace("_", "-") for d in distributions[name]} & locked
    }
    assert not missing
