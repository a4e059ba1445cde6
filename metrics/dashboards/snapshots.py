"""Numbers of past days, counted at night and kept: history is then read and not counted.

A snapshot speaks only while no fact about its time has been entered or changed since, and while
numbers are counted as they were then, by the same code and settings; what Asana tells is counted
anew always. So a number from a snapshot and a number counted now are the same.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from clients.models import Department, Pod, Staff
from godview.access import Role
from godview.periods import Period
from metrics.catalogue import CATALOGUE
from metrics.dashboards.numbers import measure_of
from metrics.dashboards.past import Moment, Past
from metrics.dashboards.rulebook import rulebook
from metrics.formulas.measure import Measure
from metrics.models import Snapshot
from metrics.queries.changed import changed_since
from metrics.queries.scopes import AGENCY, Scope
from metrics.queries.stamps import read_stamps

# What was committed a little later than it was written down, under an older moment.
COMMITTED_BY = timedelta(minutes=3)
COUNTED_BY = "counted by"


def kept_keys() -> list[str]:
    return [key for key, metric in CATALOGUE.items() if metric.keeps_entries]


def keep(scope: Scope, moments: Sequence[Moment], now: datetime) -> int:
    """Count these moments again where it is needed; how many were counted."""
    speaking = _speaking(_held(scope, moments))
    wanted = [moment for moment in dict.fromkeys(moments) if moment not in speaking]
    if not wanted:
        return 0
    rows = [
        Snapshot(
            scope=_key(scope),
            starts_on=facts.period.start,
            ends_on=facts.period.end,
            as_of=facts.as_of,
            numbers={
                COUNTED_BY: rulebook(),
                **{key: _as_kept(measure_of(key, facts, None)) for key in kept_keys()},
            },
            counted_at=now,
        )
        for facts in Past(scope, wanted, read_stamps()).facts()
    ]
    Snapshot.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["scope", "starts_on", "ends_on", "as_of"],
        update_fields=["numbers", "counted_at"],
    )
    return len(rows)


def kept(
    scope: Scope, moments: Sequence[Moment], keys: Iterable[str]
) -> dict[Moment, dict[str, Measure]]:
    """The moments that can be told from snapshots, all of `keys` of each."""
    wanted = list(keys)
    if not all(CATALOGUE[key].keeps_entries for key in wanted):
        return {}
    return {
        moment: {key: _measure(snapshot.numbers[key]) for key in wanted}
        for moment, snapshot in _speaking(_held(scope, moments)).items()
        if all(key in snapshot.numbers for key in wanted)
    }


def kept_scopes() -> list[Scope]:
    """The agency, its departments and pods, and who manages clients."""
    managers = Staff.objects.filter(Q(role=Role.ACCOUNT_MANAGER))
    return [
        AGENCY,
        *(Scope("department", row.pk, row.name) for row in Department.objects.all()),
        *(Scope("pod", row.pk, row.name) for row in Pod.objects.all()),
        *(Scope("manager", row.pk, row.name) for row in managers),
    ]


def _key(scope: Scope) -> str:
    return "agency" if scope.is_agency else f"{scope.kind}:{scope.id}"


def _held(scope: Scope, moments: Sequence[Moment]) -> dict[Moment, Snapshot]:
    days = [moment.as_of for moment in moments]
    found = Snapshot.objects.filter(scope=_key(scope), as_of__in=days)
    rows = [row for row in found if row.numbers.get(COUNTED_BY) == rulebook()]
    by_moment = {Moment(Period(row.starts_on, row.ends_on), row.as_of): row for row in rows}
    return {moment: by_moment[moment] for moment in moments if moment in by_moment}


def _speaking(held: dict[Moment, Snapshot]) -> dict[Moment, Snapshot]:
    """Those of which no fact has changed since: one query, if nothing has changed at all."""
    if not held:
        return {}
    oldest = min(snapshot.counted_at for snapshot in held.values()) - COMMITTED_BY
    if not changed_since(oldest, max(moment.as_of for moment in held)):
        return held
    return {
        moment: snapshot
        for moment, snapshot in held.items()
        if not changed_since(snapshot.counted_at - COMMITTED_BY, moment.as_of)
    }


def _as_kept(measure: Measure) -> dict[str, Any]:
    """Exactly: a Decimal stays one."""
    told = {
        "value": _exactly(measure.value),
        "unit": measure.unit,
        "part": _exactly(measure.part),
        "whole": _exactly(measure.whole),
        "reason": measure.reason,
        "small_base": measure.small_base,
    }
    return {name: value for name, value in told.items() if value is not None and value is not False}


def _exactly(number: Any) -> Any:
    return {"decimal": str(number)} if isinstance(number, Decimal) else number


def _measure(told: dict[str, Any]) -> Measure:
    def read(name: str) -> Any:
        value = told.get(name)
        return Decimal(value["decimal"]) if isinstance(value, dict) else value

    return Measure(
        value=read("value"),
        unit=told["unit"],
        part=read("part"),
        whole=read("whole"),
        reason=told.get("reason"),
        small_base=told.get("small_base", False),
    )
