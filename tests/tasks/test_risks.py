from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from tasks.models import Risk
from tasks.risks import answer, close, tell
from tests.factories.clients import ClientFactory, StaffFactory
from tests.factories.ledger import RiskFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


def test_a_risk_is_told_answered_and_closed():
    ana = StaffFactory()
    row = tell(client=ClientFactory(), text=" They may\nleave ", by=ana, now=NOW)
    assert (row.text, row.told_by, row.told_at) == ("They may leave", ana, NOW)
    assert list(Risk.objects.open()) == [row]
    row = answer(risk=row, answer="Visit them", owner=ana, due_on=date(2026, 12, 1))
    assert (row.answer, row.owner, row.version) == ("Visit them", ana, 2)
    row = close(risk=row, outcome="avoided", now=NOW)
    assert (row.outcome, row.closed_at, row.version) == ("avoided", NOW, 3)
    assert not Risk.objects.open().exists()


def test_what_is_closed_stays_closed():
    risk = RiskFactory(closed_at=NOW, outcome="happened")
    with pytest.raises(ValidationError, match="closed already"):
        close(risk=risk, outcome="avoided", now=NOW)
    with pytest.raises(ValidationError, match="closed already"):
        answer(risk=risk, answer="Too late", owner=None, due_on=None)


def test_it_is_closed_with_what_came_of_it():
    with pytest.raises(ValidationError, match="did it happen"):
        close(risk=RiskFactory(), outcome="who knows", now=NOW)
