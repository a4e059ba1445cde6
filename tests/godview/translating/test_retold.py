"""Sentences kept in English are known again, whatever stands in their places."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from metrics.dashboards.retold import retold
from tests.godview.translating.pseudo import pseudo, pseudo_spoken

NUMBERS = sorted((Path(settings.BASE_DIR) / "metrics" / "dashboards" / "numbers").glob("*.py"))


def test_in_english_nothing_changes():
    for text in ("no clients on 2026-11-01", "what nobody listed", "two reds in a row"):
        assert retold(text) == text


def test_a_sentence_is_told_with_its_values_and_with_the_sentence_inside_of_it():
    with pseudo_spoken():
        assert retold("nobody has answered “2026” by 2026-11-01") == pseudo(
            "nobody has answered “{round}” by {day}"
        ).format(round="2026", day="2026년 11월 1일")
        told = retold("margin of 41.0%; 1 over churn of the last closed months")
    inner = pseudo("margin of {margin}").format(margin="41.0%")
    assert told.startswith(inner)
    assert pseudo("1 over churn of the last closed months") in told


def test_numbers_and_days_in_it_are_written_as_the_language_writes_them():
    with override("ru"):
        assert "7\xa0600,5" in retold("nobody left in 6 months: at least 7,600.5 months (95 %)")
        assert "1 нояб. 2026 – 30 нояб. 2026" in retold("nobody left in 2026-11-01..2026-12-01")
        assert "41,0\xa0%" in retold("margin of 41.0%")


def test_what_people_typed_is_never_taken_for_a_sentence_of_ours():
    with override("ru"):
        assert retold("Our own words") == "Our own words"


@pytest.mark.parametrize("path", NUMBERS, ids=lambda path: path.stem)
def test_every_reason_of_an_unknown_number_is_listed(path):
    """Whatever reads as a sentence in a file of numbers can be told again."""
    found = [text for text in _sentences(ast.parse(path.read_text())) if not _is_known(text)]
    assert found == []


def _sentences(tree: ast.AST) -> list[str]:
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    texts = []
    for node in ast.walk(tree):
        if id(node) in docs | inside:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            texts.append(
                "".join(
                    str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else "7"
                    for part in node.values
                )
            )
    return [
        re.sub(r"\{\w+\}", "7", text) for text in texts if re.search(r"[a-z]+ [a-z]+ [a-z]+", text)
    ]


def _is_known(text: str) -> bool:
    return any(
        retold.recognised(one)[0] for one in (text, text.replace(" 7 in ", " keep clients in "))
    )
