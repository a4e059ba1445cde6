from datetime import timedelta

import pytest

from metrics.dashboards.numbers import Facts
from metrics.dashboards.onward import Onward
from metrics.dashboards.why.reasons import reasons
from metrics.formulas.ratio import Ratio
from metrics.queries.scopes import AGENCY, Scope
from tasks.ledger import postponing
from tests.factories.clients import StaffFactory
from tests.metrics.queries.test_deadlines import LATER, NEXT_FRIDAY, WEEK, postpone
from tests.tasks.ledger.conftest import Work, work

__all__ = ["work"]


def told(scope: Scope = AGENCY) -> list[tuple[str, Ratio]]:
    found = reasons("postponement_rate", Facts(scope, WEEK, WEEK.end), Onward())
    return [(reason.name, reason.of_postponed) for reason in found]


def test_each_reason_counts_the_promises_put_off_for_it(work: Work):
    for name in ("One", "Two"):
        postpone(work, work.promised(name)[1], LATER)
    twice = work.promised("Twice")[1]
    postpone(work, twice, LATER)
    again = postponing.ask(
        promise=twice,
        by=work.ana,
        due_on=NEXT_FRIDAY + timedelta(days=7),
        reason="estimate",
        text="More than we thought",
        now=LATER,
    )
    postponing.approve(postponement=again, by=StaffFactory(), now=LATER)
    assert told() == [
        ("Something else came first", Ratio(3, 3)),
        ("More work than we thought", Ratio(1, 3)),
        ("More than once, for whatever reason", Ratio(1, 3)),
    ]
    assert told(Scope("client", -1)) == []


def test_what_was_only_asked_for_or_refused_is_in_none(work: Work):
    asked = postponing.ask(
        promise=work.promised()[1],
        by=work.ana,
        due_on=NEXT_FRIDAY,
        reason="priority",
        text="A launch",
        now=LATER,
    )
    assert told() == []
    postponing.refuse(postponement=asked, by=StaffFactory(), now=LATER)
    assert told() == []


@pytest.mark.django_db
def test_other_numbers_have_none():
    assert reasons("mrr", Facts(AGENCY, WEEK, WEEK.end), Onward()) == []
