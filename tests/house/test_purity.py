"""The formulas know neither Django nor the clock; the layers above them get the day handed in."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.project import complaints, modules, name, run

LOAD_FORMULAS = """
import importlib, pkgutil, sys
import metrics.formulas
for module in pkgutil.walk_packages(metrics.formulas.__path__, "metrics.formulas."):
    importlib.import_module(module.name)
loaded = {"django", "celery", "rest_framework", "godview.settings"} & set(sys.modules)
sys.exit(f"loaded: {loaded}" if loaded else 0)
"""
CLOCKS = {
    ("date", "today"),
    ("datetime", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("time", "time"),
}
TIMELESS = ("formulas", "queries", "charts", "dashboards", "models")


def test_loading_the_formulas_loads_no_django():
    done = run("-c", LOAD_FORMULAS)
    assert done.returncode == 0, complaints(done)


@pytest.mark.parametrize("package", ["clients", "tasks", "training", "metrics"])
def test_nothing_below_views_and_jobs_reads_the_clock(package):
    timeless = [path for path in modules(package) if set(path.parts) & set(TIMELESS)]
    assert timeless
    assert [use for path in timeless for use in uses_of_the_clock(path)] == []


def uses_of_the_clock(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and (last_name(node.value), node.attr) in CLOCKS:
            yield f"{name(path)}:{node.lineno}"


def last_name(node: ast.expr) -> str:
    """`datetime.datetime` -> datetime; `date` -> date"""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_the_rule_sees_a_clock(tmp_path):
    module = tmp_path / "module.py"
    module.write_text("from datetime import date\n\nTODAY = date.today()\n")
    found = [n for n in ast.walk(ast.parse(module.read_text())) if isinstance(n, ast.Attribute)]
    assert [(last_name(node.value), node.attr) in CLOCKS for node in found] == [True]
