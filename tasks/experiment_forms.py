"""Planning a test, reading it, and stopping it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.forms import DateInput, DeedForm
from clients.models import Client, Staff
from godview.access import Role
from godview.rest.limits import sane_year
from godview.translating.later import later
from godview.widgets import LongSelect, SpokenSelects
from tasks import experiments
from tasks.models import Experiment, ExperimentArm, Tactic

HUNDRED = Decimal(100)
LARGEST_COUNT = 2_000_000_000
SURE = [("0.2", "80%"), ("0.1", "90%"), ("0.05", "95%"), ("0.01", "99%")]
POWERS = [("0.8", "80%"), ("0.9", "90%")]
SampleSize = Callable[[float, float, float, float], int]

COUNTED = {
    "visitors": later("%(arm)s: visitors since the start"),
    "conversions": later("%(arm)s: conversions since the start"),
}


class PlanForm(SpokenSelects, forms.Form):
    """The whole plan at once. Left empty, the sample is worked out from the rest."""

    client = forms.ModelChoiceField(
        Client.objects.none(), to_field_name="slug", label=gettext_lazy("Client"), widget=LongSelect
    )
    name = forms.CharField(
        label=gettext_lazy("What we test"),
        max_length=200,
        help_text=gettext_lazy("Such as “Two-step intake form”."),
    )
    page = forms.CharField(label=gettext_lazy("On which page"), max_length=300, required=False)
    hypothesis = forms.CharField(
        label=gettext_lazy("Why it should win"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    designer = forms.ModelChoiceField(
        Staff.objects.none(),
        label=gettext_lazy("Designer"),
        required=False,
        empty_label=gettext_lazy("nobody named"),
    )
    tactic = forms.ModelChoiceField(
        Tactic.objects.none(),
        label=gettext_lazy("Part of the tactic"),
        required=False,
        empty_label=gettext_lazy("none"),
        widget=LongSelect,
    )
    metric = forms.CharField(
        label=gettext_lazy("Judged by"), max_length=120, initial="Conversion rate"
    )
    control = forms.CharField(label=gettext_lazy("Control"), max_length=120, initial="As it is")
    variants = forms.CharField(
        label=gettext_lazy("Variants, one a line"),
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "More variants need more proof: chances are corrected by Holm's rule."
        ),
    )
    baseline = forms.DecimalField(
        label=gettext_lazy("It converts today, %"),
        min_value=Decimal("0.01"),
        max_value=Decimal("99.98"),
        decimal_places=2,
        max_digits=4,
        help_text=gettext_lazy("4 for 4 %."),
    )
    lift = forms.DecimalField(
        label=gettext_lazy("Worth finding, in points"),
        min_value=Decimal("0.01"),
        max_value=Decimal("99.98"),
        decimal_places=2,
        max_digits=4,
        help_text=gettext_lazy("1 for 4 % to 5 %. Smaller differences need many more visitors."),
    )
    alpha = forms.ChoiceField(label=gettext_lazy("Confidence"), choices=SURE, initial="0.05")
    power = forms.ChoiceField(
        label=gettext_lazy("Chance to find it"),
        choices=POWERS,
        initial="0.8",
        help_text=gettext_lazy("If it is there."),
    )
    rule = forms.ChoiceField(
        label=gettext_lazy("When it may be judged"),
        choices=Experiment.Rule.choices,
        initial=Experiment.Rule.FIXED,
        widget=forms.RadioSelect,
    )
    planned_per_arm = forms.IntegerField(
        label=gettext_lazy("Visitors per arm"),
        required=False,
        min_value=100,
        max_value=LARGEST_COUNT,
        help_text=gettext_lazy("Left empty, it is worked out from the rest."),
    )
    started_on = forms.DateField(
        label=gettext_lazy("From"), widget=DateInput, validators=[sane_year]
    )

    def __init__(
        self, *args: Any, user: Any, today: Any, sample_size: SampleSize, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.sample_size = today, sample_size
        offered: dict[str, Any] = self.fields
        offered["client"].queryset = Client.objects.visible_to(user).order_by("name")
        designers = Staff.objects.working_on(today).with_role(Role.DESIGNER)
        offered["designer"].queryset = designers
        running = Tactic.objects.visible_to(user).filter(outcome=Tactic.Outcome.RUNNING)
        offered["tactic"].queryset = running.select_related("client").order_by(
            "client__name", "name"
        )
        offered["started_on"].initial = today
        offered["started_on"].widget.attrs["min"] = today.isoformat()

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or {}
        tactic, client = told.get("tactic"), told.get("client")
        if tactic and client and tactic.client_id != client.pk:
            self.add_error("tactic", _("This tactic is another client's: choose one of theirs."))
        needed = self.needed(told)
        if "lift" in told and "baseline" in told and needed is None:
            self.add_error("lift", _("Together they pass 100 %: nobody can convert more often."))
        elif not told.get("planned_per_arm") and "planned_per_arm" not in self.errors and needed:
            told["planned_per_arm"] = max(needed, 100)
        return told

    def needed(self, told: Mapping[str, Any]) -> int | None:
        """Visitors per arm for what is worth finding; None while that cannot be told."""
        if any(name not in told for name in ("baseline", "lift", "alpha", "power")):
            return None
        base, hoped = told["baseline"] / HUNDRED, (told["baseline"] + told["lift"]) / HUNDRED
        if hoped >= 1:
            return None
        # With several variants, the strictest of Holm's steps: then each of them has its chance.
        questions = max(1, len(_lines(told.get("variants", ""))))
        alpha = float(told["alpha"]) / questions
        return self.sample_size(float(base), float(hoped), alpha, float(told["power"]))

    def carry_out(self) -> Experiment:
        told = self.cleaned_data
        return experiments.plan(
            client=told["client"],
            designer=told["designer"],
            tactic=told["tactic"],
            name=told["name"],
            page=told["page"],
            hypothesis=told["hypothesis"],
            metric=told["metric"],
            arms=[told["control"], *_lines(told["variants"])],
            baseline_rate=told["baseline"] / HUNDRED,
            smallest_lift=told["lift"] / HUNDRED,
            alpha=Decimal(told["alpha"]),
            power=Decimal(told["power"]),
            rule=told["rule"],
            planned_per_arm=told["planned_per_arm"],
            started_on=told["started_on"],
            today=self.today,
        )


class ReadExperimentForm(DeedForm):
    done = later("Reading saved for {client}.")

    read_on = forms.DateField(
        label=gettext_lazy("Read on"),
        widget=DateInput,
        help_text=gettext_lazy("A second reading of a day takes its place."),
    )

    def __init__(self, *args: Any, experiment: Experiment, **kwargs: Any) -> None:
        self.experiment = experiment
        self.arms: list[ExperimentArm] = list(experiment.arms.order_by("-is_control", "name"))
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        read_on = self.fields["read_on"]
        read_on.initial = self.deed.today
        read_on.widget.attrs |= {
            "min": self.experiment.started_on.isoformat(),
            "max": self.deed.today.isoformat(),
        }
        for arm in self.arms:
            for kind, label in COUNTED.items():
                self.fields[f"{kind}_{arm.pk}"] = forms.IntegerField(
                    label=label % {"arm": arm.name},
                    min_value=0,
                    max_value=LARGEST_COUNT,
                )

    def carry_out(self) -> None:
        told = self.cleaned_data
        try:
            experiments.read(
                experiment=self.experiment,
                read_on=told["read_on"],
                counts={
                    arm: (told[f"visitors_{arm.pk}"], told[f"conversions_{arm.pk}"])
                    for arm in self.arms
                },
                today=self.deed.today,
            )
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from None


class StopForm(DeedForm):
    done = later("Test stopped for {client}.")

    ended_on = forms.DateField(label=gettext_lazy("On"), widget=DateInput)
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, experiment: Experiment, **kwargs: Any) -> None:
        self.experiment = experiment
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        ended_on = self.fields["ended_on"]
        ended_on.initial = self.deed.today
        ended_on.widget.attrs["max"] = self.deed.today.isoformat()

    def carry_out(self) -> None:
        experiments.stop(experiment=self.experiment, today=self.deed.today, **self.cleaned_data)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
