"""Asking the people of a client how they find us, and what they answer."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import (
    Contact,
    CsiAnswer,
    CsiQuestion,
    NpsAnswer,
    SurveyRequest,
    SurveyWave,
)
from godview.templatetags.display import day as in_words


@transaction.atomic
def ask(*, wave: SurveyWave, contact: Contact, sent_on: date) -> SurveyRequest:
    """Note that a person was asked. Within 90 days of the last time this is refused."""
    person = Contact.objects.select_for_update().get(
        pk=contact.pk
    )  # two at once: one of them waits
    if person.left_on and person.left_on <= sent_on:
        raise ValidationError(
            _("%(person_name)s left on %(person_left_on)s: ask somebody else there.")
            % {"person_name": person.name, "person_left_on": in_words(person.left_on)}
        )
    request = SurveyRequest(wave=wave, contact=person, sent_on=sent_on)
    request.full_clean()
    request.save()
    return request


@transaction.atomic
def ask_all(*, wave: SurveyWave, people: Iterable[Contact], sent_on: date) -> tuple[int, int]:
    """Ask all of them at once, but for those who rest. How many are asked, and how many rest."""
    asked = resting = 0
    for person in people:
        request = SurveyRequest(wave=wave, contact=person, sent_on=sent_on)
        if SurveyRequest.objects.too_near(request).exists():
            resting += 1
            continue
        ask(wave=wave, contact=person, sent_on=sent_on)
        asked += 1
    return asked, resting


@transaction.atomic
def answer_nps(
    *, request: SurveyRequest, score: int, answered_on: date, today: date, comment: str = ""
) -> NpsAnswer:
    """A score from 0 to 10. A second answer in a round is another row, and the last one counts."""
    refuse_another_kind(request, SurveyWave.Kind.NPS)
    refuse_the_future(answered_on, today)
    answer = NpsAnswer(
        request=request, score=score, answered_on=answered_on, comment=comment.strip()
    )
    answer.full_clean()
    answer.save()
    return answer


@transaction.atomic
def rate(
    *,
    request: SurveyRequest,
    scores: Mapping[CsiQuestion, int],
    answered_on: date,
    today: date,
) -> list[CsiAnswer]:
    """How a person rates each thing; what is left out stays out. Rating again corrects."""
    refuse_another_kind(request, SurveyWave.Kind.CSI)
    refuse_the_future(answered_on, today)
    known = {answer.question_id: answer for answer in request.csi_answers.all()}
    answers = []
    for question, score in scores.items():
        answer = known.get(question.pk) or CsiAnswer(request=request, question=question)
        answer.score, answer.answered_on = score, answered_on
        answer.full_clean()
        answer.save()
        answers.append(answer)
    return answers


def refuse_another_kind(request: SurveyRequest, kind: SurveyWave.Kind) -> None:
    if request.wave.kind != kind:
        asked = request.wave.get_kind_display()
        raise ValidationError(
            {
                "request": _("%(request_wave)s asks something else: %(asked)s")
                % {"request_wave": request.wave, "asked": asked}
            }
        )


def refuse_the_future(answered_on: date, today: date) -> None:
    if answered_on > today:
        raise ValidationError(
            {"answered_on": _("An answer is noted when it is there: today, or a day before.")}
        )
