"""Texts wait for their reader: what is translated on import stays in one language for all."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.godview.translating.saying import ROOMS

EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}
OUR_CODE = sorted(
    path for room in ("godview", *ROOMS) for path in (Path(settings.BASE_DIR) / room).rglob("*.py")
)


def test_no_text_is_translated_while_a_module_is_loaded():
    """It would stay in the language of the process for every reader."""
    assert [told for path in OUR_CODE for told in eager_texts(path)] == []


def eager_texts(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    names = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in EAGER
    }
    for node in at_loading(tree):
        called = getattr(node, "func", None)
        if getattr(called, "id", "") in names or is_of_the_module(called):
            yield f"{path.name}:{node.lineno} {ast.unparse(node)}"


def is_of_the_module(called: ast.AST | None) -> bool:
    """`translation.gettext`"""
    module = getattr(getattr(called, "value", None), "id", "")
    return module == "translation" and getattr(called, "attr", "") in EAGER


def at_loading(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is imported: all but the bodies of functions."""
    for child in ast.iter_child_nodes(tree):
        yield child
        if isinstance(child, ast.Lambda):
            continue
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            told = (*child.decorator_list, child.args)
            for part in told:
                yield from ast.walk(part)
            continue
        yield from at_loading(child)
