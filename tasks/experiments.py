"""A test on a website: planned before it begins, read, and stopped. No deed writes its verdict."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client, Staff
from godview.templatetags.display import day as in_words
from godview.templatetags.display import number
from godview.translating.later import later
from tasks.models import ArmReading, Experiment, ExperimentArm, Tactic

MOST_ARMS = 10
FIXED = later("The plan is fixed since the first reading. Stop this experiment and start another.")
Counts = tuple[int, int]  # visitors, conversions


@transaction.atomic
def plan(
    *,
    client: Client,
    name: str,
    arms: Sequence[str],
    started_on: date,
    today: date,
    designer: Staff | None = None,
    tactic: Tactic | None = None,
    **plan: Any,
) -> Experiment:
    """Write down a test and its arms, the control first, before it begins."""
    refuse_a_late_plan(started_on, today)
    experiment = Experiment(
        client=client,
        designer=designer,
        tactic=tactic,
        name=name.strip(),
        started_on=started_on,
        **plan,
    )
    refuse_a_foreign_tactic(experiment)
    experiment.full_clean()
    experiment.save()
    name_arms(experiment, arms)
    return experiment


def name_arms(experiment: Experiment, names: Sequence[str]) -> None:
    """The control and its variants, as they were named before the first reading."""
    told = [name.strip() for name in names if name.strip()]
    if len(told) < 2 or len({name.casefold() for name in told}) < len(told):
        raise ValidationError(_("Name a control and at least one variant, each otherwise."))
    if len(told) > MOST_ARMS:
        raise ValidationError(
            _("A test has at most %(most_arms)s arms: split it into several.")
            % {"most_arms": MOST_ARMS}
        )
    for place, name in enumerate(told):
        arm = ExperimentArm(experiment=experiment, name=name, is_control=place == 0)
        arm.full_clean()
        arm.save()


@transaction.atomic
def read(
    *, experiment: Experiment, read_on: date, counts: Mapping[ExperimentArm, Counts], today: date
) -> None:
    """What every arm has counted since the start. Again for the same day, it takes its place."""
    locked = Experiment.objects.select_for_update().get(pk=experiment.pk)
    for arm, (visitors, conversions) in counts.items():
        arm.experiment = locked
        reading = ArmReading.objects.filter(arm=arm, read_on=read_on).first()
        reading = reading or ArmReading(arm=arm, read_on=read_on)
        reading.visitors, reading.conversions = visitors, conversions
        refuse_an_impossible_reading(reading, today)
        reading.full_clean()
        reading.save()


@transaction.atomic
def stop(*, experiment: Experiment, ended_on: date, reason: str, today: date) -> Experiment:
    """End a test, for good. With its sample incomplete it proves nothing, and says so."""
    row = Experiment.objects.select_for_update().get(pk=experiment.pk)
    if row.ended_on is not None:
        raise ValidationError(
            _("This test was stopped on %(row_ended_on)s; that is final.")
            % {"row_ended_on": in_words(row.ended_on)}
        )
    if not reason.strip():
        raise ValidationError(_("Say why it is stopped: who reads it later will ask."))
    if ended_on > today:
        raise ValidationError(_("A test is stopped today or earlier: give the day it was."))
    newest = ArmReading.objects.filter(arm__experiment=row).order_by("-read_on").first()
    if newest and ended_on < newest.read_on:
        raise ValidationError(
            _("There is a reading of %(newest_read_on)s: it ran until then.")
            % {"newest_read_on": in_words(newest.read_on)}
        )
    row.ended_on = ended_on
    row.note = " ".join(filter(None, [row.note, reason.strip()]))[:500]
    row.full_clean()
    row.save()
    return row


def refuse_a_late_plan(started_on: date, today: date) -> None:
    if started_on < today:
        raise ValidationError(
            _(
                "The plan must stand before the test begins: start it today or later. Tests of the "
                "past come in by the import."
            )
        )


def refuse_a_foreign_tactic(experiment: Experiment) -> None:
    if experiment.tactic and experiment.tactic.client_id != experiment.client_id:
        raise ValidationError(
            {"tactic": _("This tactic is another client's: choose one of theirs.")}
        )


def is_fixed(experiment_id: int | None) -> bool:
    """Whether the plan and its arms may not change any more: somebody has seen numbers."""
    return ArmReading.objects.filter(arm__experiment=experiment_id).exists()


def refuse_other_arms(experiment_id: int | None) -> None:
    """A variant more or less, or another control, would change the question."""
    if is_fixed(experiment_id):
        raise ValidationError(FIXED)


def refuse_an_impossible_reading(reading: ArmReading, today: date) -> None:
    """Counts run since the start: they cannot fall, and no day lies outside the test."""
    test = reading.arm.experiment
    if reading.read_on > today:
        raise ValidationError({"read_on": _("A reading is of today or earlier.")})
    if reading.read_on < test.started_on:
        raise ValidationError(
            {
                "read_on": _("The test began on %(test_started_on)s.")
                % {"test_started_on": in_words(test.started_on)}
            }
        )
    if test.ended_on and reading.read_on > test.ended_on:
        raise ValidationError(
            {
                "read_on": _("The test was stopped on %(test_ended_on)s.")
                % {"test_ended_on": in_words(test.ended_on)}
            }
        )
    if reading.conversions > reading.visitors:
        raise ValidationError({"conversions": _("There cannot be more conversions than visitors.")})
    others = ArmReading.objects.filter(arm=reading.arm).exclude(pk=reading.pk)
    before = others.filter(read_on__lt=reading.read_on).order_by("-read_on").first()
    after = others.filter(read_on__gt=reading.read_on).order_by("read_on").first()
    for field in ("visitors", "conversions"):
        mine = getattr(reading, field)
        if before and mine < getattr(before, field):
            raise ValidationError({field: _cannot_fall(before, field)})
        if after and mine > getattr(after, field):
            raise ValidationError({field: _cannot_fall(after, field)})


def _cannot_fall(other: ArmReading, field: str) -> str:
    return _("%(arm)s had %(count)s on %(day)s: counts run since the start and cannot fall.") % {
        "arm": other.arm.name,
        "count": number(getattr(other, field)),
        "day": in_words(other.read_on),
    }
