"""What was known on a past day: every number from the history of its facts."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client as Browser

from clients.models import Assignment, Engagement, Pod, Touchpoint
from godview.periods import Period
from metrics.dashboards.numbers import NUMBERS, compute
from metrics.memory import forget_all
from metrics.queries.known import as_known_on, facts_with_history
from metrics.queries.scopes import AGENCY
from tests.factories.clients import ClientFactory, EngagementFactory, FeeFactory, UserFactory
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
END = SEPTEMBER.end
SOON, LATE = datetime(2026, 8, 1, 12, tzinfo=UTC), datetime(2026, 10, 20, 12, tzinfo=UTC)


def entered(moment: datetime, *rows: Model) -> None:
    """As if the newest line of these rows had been written then."""
    for row in rows:
        line: Any = row.history.first()  # type: ignore[attr-defined]
        type(line).objects.filter(pk=line.pk).update(history_date=moment)


@pytest.fixture
def lost() -> Engagement:
    """Ten clients since long, of whom one left in September; that was entered in October."""
    served = [EngagementFactory(started_on=date(2026, 1, 1)) for _ in range(10)]
    for one in served:
        entered(SOON, one, one.client)
    gone = served[0]
    gone.ended_on = date(2026, 9, 15)
    gone.save()
    entered(LATE, gone)
    return gone


def value(key: str, known_on: date | None) -> Any:
    return compute(AGENCY, SEPTEMBER, END, [key], known_on)[key].value


def test_a_loss_that_was_entered_later_was_not_known(lost: Engagement):
    assert value("client_retention_rate", None) == 0.9
    assert value("client_retention_rate", date(2026, 10, 19)) == 1.0
    assert value("client_retention_rate", date(2026, 10, 20)) == 0.9


def test_what_was_not_there_at_all_was_not_known(lost: Engagement):
    assert value("clients_active", date(2026, 7, 31)) == 0
    assert value("clients_active", date(2026, 8, 1)) == 10


def test_a_price_is_the_one_that_was_known(lost: Engagement):
    fee = FeeFactory(client=lost.client, amount=Decimal(1000), starts_on=date(2026, 1, 1))
    entered(SOON, fee)
    fee.amount = Decimal(3000)
    fee.save()
    entered(LATE, fee)
    july = Period(date(2026, 7, 1), date(2026, 8, 1))
    then = compute(AGENCY, july, july.end, ["mrr"], date(2026, 9, 1))["mrr"]
    now = compute(AGENCY, july, july.end, ["mrr"])["mrr"]
    assert (then.value, now.value) == (1000, 3000)


def test_a_row_that_was_deleted_since_was_known(lost: Engagement):
    other = Engagement.objects.exclude(pk=lost.pk)[0]
    other.delete()
    line = Engagement.history.filter(history_type="-").get()  # type: ignore[attr-defined]
    type(line).objects.filter(pk=line.pk).update(history_date=LATE)
    assert value("clients_active", date(2026, 10, 1)) == 10
    assert value("clients_active", None) == 8


def test_of_tasks_it_says_that_what_asana_told_before_is_not_kept(lost: Engagement):
    measure = compute(AGENCY, SEPTEMBER, END, ["on_time_rate"], END)["on_time_rate"]
    assert measure.value is None
    assert "Asana" in (measure.reason or "")


def test_when_all_was_entered_in_time_every_number_is_the_same():
    make_world()
    tomorrow = date(2100, 1, 1)
    day = date(2026, 10, 1)
    plain = compute(AGENCY, SEPTEMBER, day)
    known = compute(AGENCY, SEPTEMBER, day, known_on=tomorrow)
    same = {key for key in NUMBERS if plain[key] == known[key]}
    rest = {key for key in set(NUMBERS) - same if "Asana" not in (known[key].reason or "")}
    assert rest == set()


def test_every_fact_can_be_read_as_it_was(lost: Engagement):
    with as_known_on(date(2026, 12, 31)):
        for model in facts_with_history():
            list(model._default_manager.all()[:3])
        assert not Touchpoint.objects.filter(qualifies=True).exists()
        assert list(Assignment.objects.filter(client=lost.client)) == []


def test_outside_everything_is_known_again_and_nothing_old_is_remembered(lost: Engagement):
    forget_all()
    with as_known_on(date(2026, 9, 30)):
        assert not Engagement.objects.filter(ended_on__isnull=False).exists()
    assert Engagement.objects.filter(ended_on__isnull=False).exists()


@pytest.fixture
def leader(client: Browser) -> Callable[[str], str]:
    client.force_login(UserFactory(is_superuser=True))
    return lambda address: client.get(address).content.decode()


def test_the_page_of_a_number_shows_what_was_entered_later(
    lost: Engagement, leader: Callable[[str], str]
):
    address = "/why/client_retention_rate/?period=2026-09-01..2026-10-01&as_of=2026-10-01"
    then = leader(f"{address}&known_on=2026-10-05")
    assert "100.0%" in then
    assert "With all that is known: 90.0%" in then
    assert "Entered or changed after 5 Oct" in then
    assert lost.client.name in then.partition("h-since")[2].partition("</section>")[0]


def test_who_sees_which_rows_is_a_matter_of_today(client: Browser):
    world = make_world()
    foreign = ClientFactory(name="Once theirs")
    EngagementFactory(client=foreign, started_on=date(2026, 1, 1))
    was = Assignment.objects.create(
        client=foreign, account_manager=world.cast.manager.staff, started_on=date(2026, 1, 1)
    )
    entered(SOON, was)
    was.delete()
    client.force_login(world.cast.manager)
    page = client.get("/why/clients_active/?known_on=2026-09-30&as_of=2026-09-30")
    assert page.status_code == 200
    assert b"Once theirs" not in page.content


def test_a_team_that_was_of_my_department_then_is_not_mine_today():
    world = make_world()
    mine, theirs = world.cast.pod_a, world.cast.pod_b
    entered(SOON, mine)
    theirs.department = world.cast.department_a
    theirs.save()
    entered(SOON, theirs)
    theirs.department = world.cast.department_b
    theirs.save()
    entered(LATE, theirs)
    with as_known_on(date(2026, 9, 30)):
        assert Pod.objects.get(pk=theirs.pk).department_id == world.cast.department_a.pk
        assert list(Pod.objects.visible_to(world.cast.director)) == [mine]
        assert theirs.pk in Pod.objects.visible_to(world.cast.leader).values_list("pk", flat=True)


def test_what_is_united_of_two_questions_was_not_known_either(lost: Engagement):
    served = Engagement.objects.order_by().values_list("pk", flat=True)
    ended, none = served.exclude(ended_on=None), served.filter(started_on=date(1990, 1, 1))
    with as_known_on(date(2026, 9, 30)):
        assert list(ended.union(none)) == []
    assert list(ended.union(none)) == [lost.pk]


def test_a_recommendation_is_gone_with_the_client_who_gave_it():
    """Which leaves no line in the history of the one that was recommended."""
    giver = ClientFactory()
    taker = EngagementFactory(client__referred_by=giver, started_on=date(2026, 1, 1))
    fee = FeeFactory(client=taker.client)
    entered(SOON, giver, taker, taker.client, fee)
    assert value("referred_revenue", date(2026, 10, 1)) == 3000
    pk = giver.pk
    giver.delete()
    type(giver).history.filter(id=pk, history_type="-").update(history_date=LATE)
    assert value("referred_revenue", date(2026, 10, 19)) == 3000
    assert value("referred_revenue", date(2026, 10, 20)) == value("referred_revenue", None) == 0
