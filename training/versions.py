"""Publishing a version, and starting the next one: a published version is never edited."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from training.models import Choice, ModuleVersion, Question
from training.questions import what_is_wrong


@transaction.atomic
def publish(*, version: ModuleVersion, on: date) -> ModuleVersion:
    """Teach this version from that day. Whoever passed an earlier one must pass again."""
    if version.published_on is not None:
        raise ValidationError(
            _("%(version)s is published already. Start a new version to change it.")
            % {"version": version}
        )
    problems = what_stops_publishing(version, on)
    if problems:
        raise ValidationError(problems)
    version.published_on = on
    version.save(update_fields=["published_on"])
    return version


def what_stops_publishing(version: ModuleVersion, on: date) -> list[str]:
    """Sentences that say what to mend first; none when it may be published."""
    problems = []
    questions = list(version.questions.prefetch_related("choices")) if version.pk else []
    if not questions:
        problems.append(
            _("Save it as a draft and add at least one question before it is published.")
        )
    for number, question in enumerate(questions, start=1):
        wrong = what_is_wrong(question.kind, [c.is_right for c in question.choices.all()])
        if wrong:
            problems.append(
                _("Question %(number)s, “%(question)s”: %(wrong)s")
                % {"number": number, "question": question, "wrong": wrong}
            )
    earlier = version.module.versions.filter(number__lt=version.number)
    latest = earlier.aggregate(latest=Max("published_on"))["latest"]
    if latest is not None and on < latest:
        problems.append(
            _("An earlier version is taught from %(latest)s: this one cannot begin before.")
            % {"latest": latest}
        )
    if version.module.versions.filter(
        number__gt=version.number, published_on__isnull=False
    ).exists():
        problems.append(_("A later version is published already. Start a new one from that."))
    return problems


@transaction.atomic
def draft_next(*, version: ModuleVersion) -> ModuleVersion:
    """A draft with the same text and questions and the next number, ready to be changed."""
    last = version.module.versions.aggregate(last=Max("number"))["last"]
    draft = ModuleVersion.objects.create(
        module=version.module,
        number=last + 1,
        body=version.body,
        video_url=version.video_url,
        pass_mark=version.pass_mark,
        months_valid=version.months_valid,
        score_rule=version.score_rule,
    )
    for question in version.questions.prefetch_related("choices"):
        copy = Question.objects.create(
            version=draft,
            position=question.position,
            kind=question.kind,
            text=question.text,
            weight=question.weight,
        )
        for choice in question.choices.all():
            Choice.objects.create(
                question=copy, position=choice.position, text=choice.text, is_right=choice.is_right
            )
    return draft


@transaction.atomic
def withdraw(*, version: ModuleVersion, today: date) -> ModuleVersion:
    """Make a version a draft again, as long as its first day has not come."""
    if version.published_on is None or version.published_on <= today:
        raise ValidationError(
            _("%(version)s is not waiting to be published, so there is nothing to withdraw.")
            % {"version": version}
        )
    version.published_on = None
    version.save(update_fields=["published_on"])
    return version
