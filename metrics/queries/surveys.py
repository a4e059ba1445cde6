"""Who was asked in which round, and what they answered."""

from datetime import date
from typing import NamedTuple

from clients.models import CsiAnswer, NpsAnswer, SurveyRequest
from metrics.queries.scopes import Scope


class Asked(NamedTuple):
    """A person who was asked in a round."""

    id: int
    client: int
    person: str
    kind: str
    wave: int
    round: str
    day: date


class Score(NamedTuple):
    """How likely a person is to recommend us."""

    request: int
    client: int
    score: int
    comment: str
    day: date


class Rating(NamedTuple):
    """How a person rates one thing."""

    request: int
    client: int
    aspect: str
    weight: int
    highest: int
    score: int
    day: date


def asked_by(scope: Scope, day: date) -> list[Asked]:
    """Everybody asked up to a day, the oldest first."""
    rows = SurveyRequest.objects.filter(scope.clients_ever("contact__client"), sent_on__lte=day)
    columns = ("pk", "contact__client", "contact__name", "wave__kind", "wave", "wave__name")
    told = rows.order_by("sent_on", "pk").values_list(*columns, "sent_on")
    return [Asked(*row) for row in told]


def scores_by(scope: Scope, day: date) -> list[Score]:
    rows = NpsAnswer.objects.filter(
        scope.clients_ever("request__contact__client"), answered_on__lte=day
    )
    columns = ("request", "request__contact__client", "score", "comment", "answered_on")
    return [Score(*row) for row in rows.order_by("answered_on", "pk").values_list(*columns)]


def ratings_by(scope: Scope, day: date) -> list[Rating]:
    rows = CsiAnswer.objects.filter(
        scope.clients_ever("request__contact__client"), answered_on__lte=day
    )
    columns = ("request", "request__contact__client", "question__aspect", "question__weight")
    more = ("question__highest", "score", "answered_on")
    return [Rating(*row) for row in rows.order_by("answered_on", "pk").values_list(*columns, *more)]
