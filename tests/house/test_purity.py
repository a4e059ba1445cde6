"""The formulas know neither Django nor the clock; the layers above them get the day handed in."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import project
from tests.house.project import complaints, modules, name, run

LOAD_FORMULAS = """
import importlib, pkgutil, sys
import metrics.formulas
for module in pkgutil.walk_packages(metrics.formulas.__path__, "metrics.formulas."):
    importlib.import_module(module.name)
heavy = {"numpy", "scipy", "pandas", "statsmodels", "duckdb", "lifelines"}
loaded = ({"django", "celery", "rest_framework", "godview.settings"} | heavy) & set(sys.modules)
sys.exit(f"loaded: {loaded}" if loaded else 0)
"""
CLOCKS = {
    ("date", "today"),
    ("datetime", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("timezone", "now"),
    ("time", "time"),
}
TIMELESS = ("formulas", "queries", "charts", "dashboards", "models")


def test_loading_the_formulas_loads_no_django_and_no_numeric_library():
    done = run("-c", LOAD_FORMULAS)
    assert done.returncode == 0, complaints(done)


@pytest.mark.parametrize("package", ["clients", "tasks", "training", "metrics"])
def test_nothing_below_views_and_jobs_reads_the_clock(package):
    timeless = [path for path in modules(package) if set(path.parts) & set(TIMELESS)]
    assert timeless
    assert [use for path in timeless for use in uses_of_the_clock(path)] == []


def uses_of_the_clock(path: Path) -> Iterator[str]:
    for node in below(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and reads_the_clock(node):
            yield f"{name(path)}:{node.lineno}"


def below(node: ast.AST) -> Iterator[ast.AST]:
    """All of the code but the deciding who may see what, which is always about this moment."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.FunctionDef) and child.name == "visible_to"):
            yield from below(child)


def reads_the_clock(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    what = (last_name(call.func.value), call.func.attr)
    if what in (("timezone", "localtime"), ("timezone", "localdate")):
        return not call.args  # with a moment handed in they only translate it
    return what in CLOCKS


def last_name(node: ast.expr) -> str:
    """`datetime.datetime` -> datetime; `date` -> date"""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize(
    ("code", "findings"),
    [
        ("from datetime import date\nTODAY = date.today()\n", ["module.py:2"]),
        ("def age(day):\n    return timezone.localdate() - day\n", ["module.py:2"]),
        ("def day_of(moment):\n    return timezone.localtime(moment).date()\n", []),
        ("def visible_to(self, user):\n    return self.on(timezone.localdate())\n", []),
    ],
)
def test_the_rule_sees_a_clock(tmp_path, monkeypatch, code, findings):
    monkeypatch.setattr(project, "ROOT", tmp_path)
    module = tmp_path / "module.py"
    module.write_text(code)
    assert list(uses_of_the_clock(module)) == findings
