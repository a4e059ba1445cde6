"""Money, segments, survival, tactics and win back can be asked about a part of the agency."""

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from clients.models import Fee
from godview.periods import parse_period
from metrics.dashboards.figures import in_short
from metrics.dashboards.money.page import SHOWN
from metrics.dashboards.numbers import compute
from metrics.queries.scopes import find_scope
from tests.factories.cast import make_cast
from tests.factories.clients import UserFactory
from tests.metrics.lively import DAY, lively
from tests.metrics.views.browsing import links, opened

pytestmark = pytest.mark.django_db
PAGES = ("money", "segments", "survival", "tactics", "winback")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime.combine(DAY, time(14), tzinfo=UTC), tick=False):
        yield


@pytest.mark.once
def test_each_page_tells_the_numbers_of_the_scope_it_is_asked_about():
    lively()
    leader = UserFactory(is_superuser=True)
    quarter, year = parse_period("quarter", DAY), parse_period("year", DAY)
    for text in ("pod:cobalt", "manager:ana-ruiz", f"service:{Fee.objects.earliest('pk').service}"):
        scope = find_scope(text)
        page = _money(leader, text)
        told = compute(scope, quarter, DAY, [*SHOWN, "clients_active"])
        assert [one.figure.text for one in page.figures] == [in_short(told[key]) for key in SHOWN]
        members = opened(leader, f"/segments/?scope={text}").context["page"].members
        assert len(members) == told["clients_active"].value, text
        keys = ["restricted_mean_lifetime", "tactic_win_rate"]
        mean, rate = compute(scope, year, DAY, keys).values()
        lived = opened(leader, f"/survival/?scope={text}").context["page"].mean
        assert (lived.months if lived else None) == mean.value, text
        won = opened(leader, f"/tactics/?scope={text}").context["record"]
        assert (won.wins, won.decided) == (rate.part, rate.whole), text
        opened(leader, f"/winback/?scope={text}")
    whole = opened(leader, "/money/").context["page"]
    assert "transferred" not in whole.lines
    assert opened(leader, "/money/?scope=agency").context["page"].headline == whole.headline


def _money(leader: Any, text: str) -> Any:
    """Every month of a part adds up, too, with the clients that were handed over."""
    answer = opened(leader, f"/money/?scope={text}")
    page = answer.context["page"]
    for month in page.months:
        moved = sum((c.signed for c in month.cells if not c.is_total), start=Decimal(0))
        assert month.cells[0].amount + moved == month.cells[-1].amount
    for told in page.explained:
        total = sum((part.change for part in told.parts), start=Decimal(0))
        assert total == page.month.moved.end - page.month.moved.start
    assert [url for url in links(answer) if url.startswith("/why/") and "scope" not in url] == []
    return page


@pytest.mark.parametrize("page", PAGES)
def test_a_scope_that_is_none_or_foreign_is_absent(page):
    cast = make_cast()
    opened(cast.leader, f"/{page}/?scope=pod:zzz", status=404)
    opened(cast.manager, f"/{page}/?scope=pod:basalt", status=404)
    if page == "tactics":
        opened(cast.manager, "/tactics/?scope=pod:amber")
