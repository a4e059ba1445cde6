"""The last line of bin/test is what a machine reads: it must never be kinder than the truth."""

import pytest

from launch import testing
from launch.environment import ROOT
from launch.testing import Stage, outcomes


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("==== 12 passed in 3.21s ====", {"passed": 12}),
        (
            "= 1 failed, 2 passed, 3 skipped in 61.00s (0:01:01) =",
            {"failed": 1, "passed": 2, "skipped": 3},
        ),
        ("==== 2 passed, 1 error in 0.1s ====", {"passed": 2, "error": 1}),
        ("3 errors in 0.1s", {"error": 3}),
        ("no tests ran in 0.01s", {}),
        ("a line of a log: 3 passed", {}),
    ],
)
def test_the_closing_line_of_pytest_is_understood(line, counts):
    assert outcomes(line) == counts


def results(monkeypatch, *stages: tuple[int, str]) -> None:
    answers = iter(stages)
    monkeypatch.setattr(testing, "pytest", lambda arguments: next(answers))


def test_what_the_fast_run_leaves_out_is_there_to_be_left_out():
    assert [path for path in testing.LONG if not (ROOT / "tests" / path).exists()] == []


STAGES = (Stage("one", ()), Stage("two", ()))


def last_line(capsys) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_all_stages_are_added_up(monkeypatch, capsys):
    results(monkeypatch, (0, "= 10 passed in 1s ="), (0, "= 5 passed, 1 skipped in 1s ="))
    assert testing.run(STAGES) == 0
    assert last_line(capsys) == "15 passed, 0 failed"


def test_a_failure_in_one_stage_does_not_hide_the_others(monkeypatch, capsys):
    results(monkeypatch, (1, "= 2 failed, 8 passed, 1 error in 1s ="), (0, "= 5 passed in 1s ="))
    assert testing.run(STAGES) == 1
    assert last_line(capsys) == "13 passed, 3 failed"


def test_a_stage_that_broke_before_its_first_test_is_a_failure(monkeypatch, capsys):
    results(monkeypatch, (0, "= 10 passed in 1s ="), (4, ""))
    assert testing.run(STAGES) == 1
    assert last_line(capsys) == "10 passed, 1 failed"


def test_a_stage_without_tests_is_a_failure(monkeypatch, capsys):
    results(monkeypatch, (0, "= 10 passed in 1s ="), (5, "= no tests ran in 0.01s ="))
    assert testing.run(STAGES) == 1
    assert last_line(capsys) == "10 passed, 1 failed"
