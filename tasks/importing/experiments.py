from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_create_with_history

from clients.importing.cells import Cell, ChoiceCell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.numbers import CountCell, NumberCell
from clients.importing.resource import RowsResource
from clients.models import Client, Staff
from tasks.experiments import FIXED, MOST_ARMS
from tasks.models import ArmReading, Experiment, ExperimentArm

RULES = ChoiceCell(Experiment.Rule, fixed="once, fixed sample", sequential="peeking, any time")


class ArmsCell(Cell):
    says = gettext_lazy(
        "The names of the control and of each variant, with | between: As it is | Shorter."
    )
    checked = True

    def meaning(self, text: str) -> tuple[str, ...]:
        names = tuple(name.strip() for name in text.split("|") if name.strip())
        if not 2 <= len(names) <= MOST_ARMS or len(set(map(str.casefold, names))) < len(names):
            raise ValueError(
                _("“%(text)s” names no control and variant. Write: As it is | Shorter.")
                % {"text": text}
            )
        return names

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " | ".join(value or ())


class ExperimentRows(RowsResource):
    """Plans of tests. There is no column for a verdict: it follows from the readings."""

    client = Column("client", ReferenceCell(Client, "client"), required=True)
    name = Column("name", required=True)
    arms = Column(
        "arms", ArmsCell(), attribute="", required=True, note=gettext_lazy("The control first.")
    )
    designer = Column("designer", ReferenceCell(Staff, "member of staff"))
    metric = Column("metric", keeps=True, note=gettext_lazy("Empty: as it is, or Conversion rate."))
    rule = Column("rule", RULES, keeps=True, note=gettext_lazy("Empty: as it is, or fixed."))
    alpha = Column(
        "alpha", NumberCell(), keeps=True, note=gettext_lazy("0.05 for 95 % confidence; the usual.")
    )
    power = Column("power", NumberCell(), keeps=True, note=gettext_lazy("Empty: as it is, or 0.8."))
    baseline_rate = Column(
        "baseline_rate", NumberCell(), required=True, note=gettext_lazy("0.04 for 4 %.")
    )
    smallest_lift = Column(
        "smallest_lift",
        NumberCell(),
        required=True,
        note=gettext_lazy("In points: 0.01 for 4 % to 5 %."),
    )
    planned_per_arm = Column("planned_per_arm", CountCell(), required=True)
    started_on = Column("started_on", DateCell(), required=True)
    ended_on = Column("ended_on", DateCell(), note=gettext_lazy("The day it was stopped."))
    page = Column("page")
    hypothesis = Column("hypothesis")
    note = Column("note")

    class Meta:
        model = Experiment
        import_id_fields = ("client", "name")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.arms_of: dict[int, tuple[str, ...]] = arms_of_all()
        self.read = set(ArmReading.objects.values_list("arm__experiment_id", flat=True).distinct())

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        told = self.values["arms"]
        if instance.pk is not None and not same_arms(told, self.arms_of.get(instance.pk, ())):
            self.changed.append("arms")
        instance._arms = told

    def check_changed(self, instance: Any) -> None:
        """Since the first reading the plan is fixed, and the arms with it."""
        if {*Experiment.PLAN, "arms"} & set(self.changed) and instance.pk in self.read:
            raise ValidationError(FIXED)

    def write(self, result: Any) -> None:
        super().write(result)
        if result.has_errors() or result.has_validation_errors():
            return
        rows = [*self.create_instances, *self.update_instances]
        renamed = [row for row in rows if not same_arms(row._arms, self.arms_of.get(row.pk, ()))]
        if not renamed:
            return
        for arm in ExperimentArm.objects.filter(experiment__in=[row.pk for row in renamed]):
            self.sign(arm)
            arm.delete()
        arms = [
            ExperimentArm(experiment=row, name=name, is_control=place == 0)
            for row in renamed
            for place, name in enumerate(row._arms)
        ]
        for arm in arms:
            arm.clean_fields(exclude=["experiment"])
            self.sign(arm)
        bulk_create_with_history(arms, ExperimentArm, default_date=self.now)

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return super().filter_export(queryset, **kwargs).prefetch_related("arms")

    def dehydrate_arms(self, experiment: Experiment) -> str:
        names = sorted(experiment.arms.all(), key=lambda arm: (not arm.is_control, arm.name))
        return " | ".join(arm.name for arm in names)


def arms_of_all() -> dict[int, tuple[str, ...]]:
    """The control first."""
    found: dict[int, list[str]] = defaultdict(list)
    told = ExperimentArm.objects.order_by("experiment_id", "-is_control", "name")
    for experiment, name in told.values_list("experiment_id", "name"):
        found[experiment].append(name)
    return {experiment: tuple(names) for experiment, names in found.items()}


def same_arms(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """The same control, and the same variants in any order."""
    return first[:1] == second[:1] and sorted(first) == sorted(second)


EXPERIMENTS = Kind(
    name="experiments",
    title=gettext_lazy("Experiments"),
    what=gettext_lazy("Plans of tests on websites. Their verdicts follow from the readings."),
    resource=ExperimentRows,
    example=(
        ("C-001", "Two-step intake form", "As it is | Two steps", "", "Form sent", "fixed",
         "0.05", "0.8", "0.04", "0.01", "6745", "2026-09-01", "", "/contact"),
    ),
)  # fmt: skip
