"""Tests with their plans and readings, as records that the verdict can be worked out from."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from metrics.formulas.experiment_course import Look, Outcome, Plan, outcome
from metrics.formulas.experiments import StoppingRule
from metrics.formulas.proportions import Arm
from metrics.queries.scopes import Scope
from tasks.models import ArmReading, Experiment, ExperimentArm

CONTROL_FIRST = ("-is_control", "name", "pk")


class ArmName(NamedTuple):
    id: int
    name: str
    is_control: bool


class ReadingRow(NamedTuple):
    visitors: int
    conversions: int


@dataclass(frozen=True, slots=True)
class TestRecord:
    """One test: whose it is, its plan, its arms (the control first) and every complete reading."""

    __test__ = False

    id: int
    client: int
    name: str
    metric: str
    designer: int | None
    designer_name: str
    designer_slug: str
    plan: Plan
    arms: tuple[ArmName, ...]
    looks: tuple[Look, ...]

    def outcome(self, day: date) -> Outcome:
        return outcome(self.plan, self.looks, day)


def records_of_scope(scope: Scope) -> list[TestRecord]:
    """A designer's are those they designed; all others follow clients, of now and before.

    A manager who designed a test has it too.
    """
    mine = Q(designer=scope.id) if scope.kind == "designer" else scope.clients_ever()
    if scope.kind == "manager":
        mine |= Q(designer=scope.id)
    return read_records(Experiment.objects.filter(mine))


def read_records(rows: QuerySet[Any]) -> list[TestRecord]:
    """Three queries, however many tests there are. The newest first."""
    told = rows.order_by("-started_on", "client__name", "name", "pk").values_list(
        "pk",
        "client_id",
        "name",
        "metric",
        "designer_id",
        "designer__name",
        "designer__slug",
        "started_on",
        "planned_per_arm",
        "rule",
        "alpha",
        "ended_on",
    )
    found = list(told)
    if not found:
        return []
    arms, looks = _arms(rows), _readings(rows)
    return [
        TestRecord(
            id=pk,
            client=client,
            name=name,
            metric=metric,
            designer=designer,
            designer_name=designer_name or "",
            designer_slug=slug or "",
            plan=Plan(start, planned, StoppingRule(rule), float(alpha), end),
            arms=tuple(arms[pk]),
            looks=_complete(arms[pk], looks[pk]),
        )
        for pk, client, name, metric, designer, designer_name, slug, start, planned, rule, alpha,
        end in found
    ]  # fmt: skip


def readings_of(row: Experiment, day: date) -> list[tuple[date, dict[int, ReadingRow]]]:
    """Every reading of one test up to a day, by day and arm, the newest first."""
    found: dict[date, dict[int, ReadingRow]] = defaultdict(dict)
    readings = ArmReading.objects.filter(arm__experiment=row, read_on__lte=day)
    told = readings.order_by("-read_on").values_list("read_on", "arm_id", "visitors", "conversions")
    for read_on, arm, visitors, conversions in told:
        found[read_on][arm] = ReadingRow(visitors, conversions)
    return list(found.items())


def _arms(rows: QuerySet[Any]) -> dict[int, list[ArmName]]:
    found: dict[int, list[ArmName]] = defaultdict(list)
    arms = ExperimentArm.objects.filter(experiment__in=rows.order_by().values("pk"))
    told = arms.order_by(*CONTROL_FIRST).values_list("experiment_id", "pk", "name", "is_control")
    for experiment, pk, name, is_control in told:
        found[experiment].append(ArmName(pk, name, is_control))
    return found


def _readings(rows: QuerySet[Any]) -> dict[int, dict[date, dict[int, Arm]]]:
    """By test, day and arm."""
    found: dict[int, dict[date, dict[int, Arm]]] = defaultdict(lambda: defaultdict(dict))
    readings = ArmReading.objects.filter(arm__experiment__in=rows.order_by().values("pk"))
    told = readings.order_by("read_on").values_list(
        "arm__experiment_id", "arm_id", "read_on", "visitors", "conversions"
    )
    for experiment, arm, day, visitors, conversions in told:
        found[experiment][day][arm] = Arm(visitors, conversions)
    return found


def _complete(arms: list[ArmName], days: dict[date, dict[int, Arm]]) -> tuple[Look, ...]:
    """Only days on which every arm was read: others would compare different stretches of time."""
    if not arms or not arms[0].is_control:
        return ()
    return tuple(
        Look(day, tuple(read[arm.id] for arm in arms))
        for day, read in sorted(days.items())
        if len(read) == len(arms)
    )
