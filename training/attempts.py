"""Taking an assessment: start (or go on), keep answers, hand in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training.models import Answer, Attempt, Completion, ModuleVersion, ScoreRule
from training.scoring import is_right, score, score_that_counts

ChosenIds = Mapping[int, Sequence[int]]


@transaction.atomic
def start_attempt(*, staff: Any, version: ModuleVersion, now: datetime) -> Attempt:
    """Open an attempt with every question as it reads now, or go on with the open one."""
    _refuse_when_not_taught(version, now)
    _refuse_when_only_the_first_counts(staff, version, now)
    attempt, is_new = Attempt.objects.get_or_create(
        staff=staff, version=version, submitted_at=None, defaults={"started_at": now}
    )
    if is_new:
        Answer.objects.bulk_create(_blank_answers(attempt))
    return attempt


@transaction.atomic
def keep_answers(*, attempt: Attempt, chosen: ChosenIds) -> Attempt:
    """Keep what was chosen so far, by answer; a submitted attempt stays as it is."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not locked.is_open:
        return locked
    answers = [answer for answer in locked.answers.all() if answer.pk in chosen]
    for answer in answers:
        for option in answer.options:
            option["chosen"] = option["choice"] in chosen[answer.pk]
    Answer.objects.bulk_update(answers, ["options"])
    return locked


@transaction.atomic
def submit_attempt(*, attempt: Attempt, now: datetime) -> Attempt:
    """Score the answers for good, and record a pass; a second time changes nothing."""
    locked = (
        Attempt.objects.select_for_update(of=("self",)).select_related("version").get(pk=attempt.pk)
    )
    if not locked.is_open:
        return locked
    _refuse_when_not_taught(locked.version, now)
    answers = list(locked.answers.all())
    _refuse_when_unanswered(answers)
    for answer in answers:
        answer.is_right = is_right(answer.options)
    Answer.objects.bulk_update(answers, ["is_right"])
    locked.score = score([(bool(answer.is_right), answer.weight) for answer in answers])
    locked.submitted_at = now
    locked.save()
    _record_completion(locked)
    return locked


def _blank_answers(attempt: Attempt) -> list[Answer]:
    questions = attempt.version.questions.prefetch_related("choices")
    return [
        Answer(
            attempt=attempt,
            question=question,
            position=position,
            question_text=question.text,
            kind=question.kind,
            weight=question.weight,
            options=[
                {
                    "choice": choice.pk,
                    "text": choice.text,
                    "right": choice.is_right,
                    "chosen": False,
                }
                for choice in question.choices.all()
            ],
        )
        for position, question in enumerate(questions, start=1)
    ]


def _record_completion(attempt: Attempt) -> None:
    version, day = attempt.version, attempt.submitted_on
    if day is None:
        return
    tally = score_that_counts(_scores_since_last_pass(attempt), version.score_rule)
    if tally is not None and tally >= version.pass_mark:
        Completion.objects.get_or_create(
            staff=attempt.staff,
            version=version,
            completed_on=day,
            defaults={"attempt": attempt, "expires_on": version.expires_on(day)},
        )


def _scores_since_last_pass(attempt: Attempt) -> list[Any]:
    """This round's scores, oldest first: a renewal must be earned again, not inherited."""
    tries = Attempt.objects.filter(staff=attempt.staff_id, version=attempt.version_id).submitted()
    passed = attempt.version.completions.filter(staff=attempt.staff_id).select_related("attempt")
    last = passed.order_by("completed_on").last()
    if last is not None and attempt.submitted_on is not None:
        if last.expires_on is not None and last.expires_on <= attempt.submitted_on:
            tries = tries.filter(submitted_on__gte=last.expires_on)
        elif last.attempt is not None:
            tries = tries.filter(submitted_at__gt=last.attempt.submitted_at)
        else:
            tries = tries.filter(submitted_on__gte=last.completed_on)
    return list(tries.order_by("submitted_at", "pk").values_list("score", flat=True))


def _refuse_when_not_taught(version: ModuleVersion, now: datetime) -> None:
    day = timezone.localtime(now).date()
    if not ModuleVersion.objects.current_on(day).filter(pk=version.pk).exists():
        raise ValidationError(
            (
                _(
                    "%(version)s is not the version that is taught now. Open the module and "
                    "start that one."
                )
                % {"version": version}
            ),
            code="not_taught",
        )


def _refuse_when_only_the_first_counts(staff: Any, version: ModuleVersion, now: datetime) -> None:
    if version.score_rule != ScoreRule.FIRST:
        return
    day = timezone.localtime(now).date()
    since = (
        version.completions.filter(staff=staff, expires_on__lte=day).order_by("expires_on").last()
    )
    tries = Attempt.objects.filter(staff=staff, version=version).submitted()
    if since is not None:
        tries = tries.filter(submitted_on__gte=since.expires_on)
    if tries.exists() and not version.completions.filter(staff=staff).in_date_on(day).exists():
        raise ValidationError(
            _(
                "Only the first attempt counts here, and it was handed in already. "
                "A new version opens the module again."
            ),
            code="first_only",
        )


def _refuse_when_unanswered(answers: Sequence[Answer]) -> None:
    missing = [str(answer.position) for answer in answers if not answer.chosen_ids]
    if missing:
        raise ValidationError(
            (
                _("Not answered yet: question %(join_missing)s. Your other answers are kept.")
                % {"join_missing": ", ".join(missing)}
            ),
            code="unanswered",
        )
