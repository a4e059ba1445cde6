from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.ledger.twins import WORTH_A_LOOK, is_in_time, likelihood
from tests.tasks.ledger.cheats import LOST_AT, PROMISED, Cases
from tests.tasks.ledger.detector import recall_and_precision


@pytest.mark.parametrize("seed", range(1, 6))
def test_of_three_hundred_cheats_nearly_all_are_found_and_of_the_innocent_nearly_none(seed: int):
    recall, precision = recall_and_precision(seed)
    print(f"seed {seed}: recall {recall:.3f}, precision {precision:.3f}")
    assert recall >= 0.95
    assert precision >= 0.98


@pytest.fixture
def cases() -> Cases:
    return Cases(seed=7)


def test_what_asana_calls_a_copy_is_one_whatever_its_name(cases: Cases):
    lost = cases.lost("Landing page")
    copy = replace(cases.again(lost, "Something else"), copied_from=lost.task.gid)
    found = likelihood(lost, copy, [])
    assert found.score == 0.99
    assert found.reasons == ("Asana says that it is a copy",)


def test_the_reasons_are_told_in_words(cases: Cases):
    lost = cases.lost("Landing page")
    new = replace(
        cases.again(lost, "Landing page v2"),
        created_at=LOST_AT + timedelta(minutes=5),
        assignee=lost.task.assignee,
        sections=lost.task.sections,
        due_on=PROMISED + timedelta(days=7),
    )
    assert likelihood(lost, new, []).reasons == (
        "the name is 100 % alike",
        "the same person has it",
        "it stands in the same section",
        "it is due later than was promised",
        "it was made within an hour",
    )


@pytest.mark.parametrize(
    ("hours", "looked_at"), [(-25, False), (-23, True), (24 * 13, True), (24 * 15, False)]
)
def test_only_what_was_made_around_the_loss_is_looked_at(cases: Cases, hours: int, looked_at: bool):
    lost = cases.lost("Landing page")
    new = replace(cases.again(lost, "Landing page"), created_at=LOST_AT + timedelta(hours=hours))
    assert is_in_time(lost, new) is looked_at


def test_the_next_of_a_row_is_no_twin_but_one_in_between_is(cases: Cases):
    lost, new, others = cases.weekly()
    assert likelihood(lost, new, others).score < WORTH_A_LOOK
    between = replace(new, due_on=PROMISED + timedelta(days=2))
    assert likelihood(lost, between, others).score >= WORTH_A_LOOK
