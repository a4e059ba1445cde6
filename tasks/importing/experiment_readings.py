from datetime import date
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.cells import Cell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.numbers import CountCell
from clients.importing.resource import RowsResource
from clients.models import Client
from godview.templatetags.display import day as in_words
from tasks.models import ArmReading, ExperimentArm


class ArmCell(Cell):
    says = gettext_lazy("The name of the control or of a variant.")
    checked = True
    refers = True

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value.name)


class ExperimentReadingRows(RowsResource):
    client = Column("client", ReferenceCell(Client, "client"), attribute="", required=True)
    experiment = Column("experiment", attribute="", required=True, note=gettext_lazy("Its name."))
    arm = Column("arm", ArmCell(), required=True)
    read_on = Column("read_on", DateCell(), required=True)
    visitors = Column(
        "visitors", CountCell(), required=True, note=gettext_lazy("All since the start.")
    )
    conversions = Column(
        "conversions", CountCell(), required=True, note=gettext_lazy("All since the start.")
    )

    narrow_by = "read_on"

    class Meta:
        model = ArmReading
        import_id_fields = ("arm", "read_on")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        arms = ExperimentArm.objects.select_related("experiment")
        self.arms = {
            (arm.experiment.client_id, arm.experiment.name.casefold(), arm.name.casefold()): arm
            for arm in arms
        }

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if errors:
            return
        client, name, arm = values["client"], values["experiment"], values["arm"]
        found = self.arms.get((client.pk, name.casefold(), arm.casefold()))
        if found is None:
            errors["arm"] = _(
                "%(client)s has no experiment “%(name)s” with an arm “%(arm)s”. Correct the "
                "names, or import the experiment first."
            ) % {"client": client, "name": name, "arm": arm}
            return
        values["arm"] = found
        errors |= _wrong(found, values, self.today)

    def write(self, result: Any) -> None:
        for instance, sentence in self._falling():
            number = getattr(instance, "_import_row")  # noqa: B009 - set by the importer
            result.append_invalid_row(number, {}, ValidationError(sentence))
        super().write(result)

    def _falling(self) -> list[tuple[ArmReading, str]]:
        """Counts run since the start: the rows of the file among those that are there already."""
        mine = [*self.create_instances, *self.update_instances]
        arms = {row.arm_id for row in mine}
        changed = {row.pk for row in self.update_instances}
        others = ArmReading.objects.filter(arm__in=arms).exclude(pk__in=changed)
        by_arm: dict[int, list[ArmReading]] = {}
        for row in [*mine, *others]:
            by_arm.setdefault(row.arm_id, []).append(row)
        found = []
        for rows in by_arm.values():
            rows.sort(key=lambda row: row.read_on)
            for earlier, later in pairwise(rows):
                fell = later.visitors < earlier.visitors or later.conversions < earlier.conversions
                told = next((row for row in (later, earlier) if hasattr(row, "_import_row")), None)
                if fell and told is not None:
                    words = _(
                        "Counts run since the start: between %(first)s and %(second)s they "
                        "cannot fall."
                    )
                    days = {"first": in_words(earlier.read_on), "second": in_words(later.read_on)}
                    found.append((told, words % days))
        return found

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        rows = super().filter_export(queryset, **kwargs)
        return rows.select_related("arm__experiment__client")

    def dehydrate_client(self, reading: ArmReading) -> str:
        return reading.arm.experiment.client.external_id

    def dehydrate_experiment(self, reading: ArmReading) -> str:
        return reading.arm.experiment.name


def _wrong(arm: ExperimentArm, values: dict[str, Any], today: date | None) -> dict[str, str]:
    test, day, wrong = arm.experiment, values["read_on"], {}
    if day < test.started_on:
        wrong["read_on"] = _("The experiment began on %(test_started_on)s.") % {
            "test_started_on": in_words(test.started_on)
        }
    elif test.ended_on and day > test.ended_on:
        wrong["read_on"] = _("The experiment was stopped on %(test_ended_on)s.") % {
            "test_ended_on": in_words(test.ended_on)
        }
    elif today and day > today:
        wrong["read_on"] = _("This day has not come yet.")
    if values["conversions"] > values["visitors"]:
        wrong["conversions"] = _("There cannot be more conversions than visitors.")
    return wrong


EXPERIMENT_READINGS = Kind(
    name="experiment_readings",
    title=gettext_lazy("Experiment readings"),
    what=gettext_lazy("Visitors and conversions of each arm of a test since its start, on a day."),
    resource=ExperimentReadingRows,
    example=(
        ("C-001", "Two-step intake form", "As it is", "2026-09-22", "6800", "272"),
        ("C-001", "Two-step intake form", "Two steps", "2026-09-22", "6795", "353"),
    ),
)
