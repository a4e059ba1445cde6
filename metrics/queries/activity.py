"""How much goes on between each client and us: touches, tasks done, services used, by week."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Q

from clients.models import Fee, Service, Touchpoint
from godview.periods import WEEK, monday_of
from metrics.formulas.activity import BASELINE_WEEKS, ActivityWeek
from tasks.models import Membership

Weekly = dict[int, list[int]]  # by client: one count a week, oldest first


def activity_mondays(day: date) -> list[date]:
    """The last nine full weeks, oldest first."""
    first = monday_of(day) - WEEK * (BASELINE_WEEKS + 1)
    return [first + WEEK * week for week in range(BASELINE_WEEKS + 1)]


def activity_totals(day: date) -> dict[int, ActivityWeek]:
    """By client: touches both ways and tasks done in the last eight full weeks, services today."""
    touched = {client: weeks[1:] for client, weeks in touches_by_week(day).items()}
    done = {client: sum(weeks[1:]) for client, weeks in tasks_done_by_week(day).items()}
    (offered,), used = _services([day])
    return {
        client: ActivityWeek(
            sum(ours for ours, _ in touched.get(client, [])),
            sum(theirs for _, theirs in touched.get(client, [])),
            done.get(client, 0),
            used.get(client, [0])[0],
            offered,
        )
        for client in {*touched, *done, *used}
    }


def touches_by_week(day: date) -> dict[int, list[tuple[int, int]]]:
    """Touches of people: ours and theirs."""
    mondays, inbound = activity_mondays(day), Q(direction=Touchpoint.Direction.INBOUND)
    weeks: dict[str, Count] = {}
    for place, monday in enumerate(mondays):
        here = Q(happened_on__gte=monday, happened_on__lt=monday + WEEK)
        weeks[f"ours{place}"] = Count("pk", filter=here & ~inbound)
        weeks[f"theirs{place}"] = Count("pk", filter=here & inbound)
    rows = (
        Touchpoint.objects.filter(
            happened_on__gte=mondays[0],
            happened_on__lt=mondays[-1] + WEEK,
            automatic=False,
            channel__in=(*Touchpoint.SPOKEN, *Touchpoint.WRITTEN),
        )
        .order_by()
        .values_list("client_id")
        .annotate(**weeks)
    )
    return {row[0]: list(zip(row[1::2], row[2::2], strict=True)) for row in rows}


def tasks_done_by_week(day: date) -> Weekly:
    """Tasks and subtasks of the client's projects, each once."""
    mondays = activity_mondays(day)
    weeks = {
        f"week{place}": Count(
            "task_id",
            distinct=True,
            filter=Q(task__completed_on__gte=monday, task__completed_on__lt=monday + WEEK),
        )
        for place, monday in enumerate(mondays)
    }
    rows = (
        Membership.objects.filter(
            task__completed_on__gte=mondays[0],
            task__completed_on__lt=mondays[-1] + WEEK,
            project__client__isnull=False,
        )
        .order_by()
        .values_list("project__client_id")
        .annotate(**weeks)
    )
    return {row[0]: list(row[1:]) for row in rows}


def services_by_week(day: date) -> tuple[list[int], Weekly]:
    """How many were offered in each week; how many of these each client used (pays a fee for)."""
    return _services(activity_mondays(day))


def _services(mondays: list[date]) -> tuple[list[int], Weekly]:
    """Offered on each day, and of these used by each client: it pays a fee by that name."""
    known = list(Service.objects.order_by().values_list("name", "offered_from", "offered_until"))
    on_offer = [
        {name.casefold() for name, *span in known if _covers(span, monday)} for monday in mondays
    ]
    used: dict[int, list[int]] = {}
    if not known:
        return [0] * len(mondays), used
    fees = Fee.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=mondays[0]), starts_on__lte=mondays[-1]
    )
    paid: defaultdict[int, list[set[str]]] = defaultdict(lambda: [set() for _ in mondays])
    for client, name, *span in fees.order_by().values_list(
        "client_id", "service", "starts_on", "ends_on"
    ):
        for place, monday in enumerate(mondays):
            if name.casefold() in on_offer[place] and _covers(span, monday):
                paid[client][place].add(name.casefold())
    used = {client: [len(names) for names in weeks] for client, weeks in paid.items()}
    return [len(names) for names in on_offer], used


def _covers(span: list[date | None], day: date) -> bool:
    start, end = span
    return (start is None or start <= day) and (end is None or day < end)
