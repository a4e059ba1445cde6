from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from tasks.help_requests import ask, give
from tasks.models import HelpRequest
from tests.factories.clients import ClientFactory, ClientGoalFactory, StaffFactory
from tests.factories.ledger import HelpRequestFactory
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


@pytest.mark.parametrize("factory", [WeeklyGoalFactory, ClientGoalFactory])
def test_help_is_asked_for_with_a_weekly_or_a_90_day_goal(factory):
    goal, ana = factory(), StaffFactory()
    row = ask(client=goal.client, goal=goal, text=" Who knows\nforms? ", by=ana, now=NOW)
    assert (row.text, row.asked_by, row.asked_at) == ("Who knows forms?", ana, NOW)
    assert goal in (row.weekly_goal, row.client_goal)
    assert list(HelpRequest.objects.open()) == [row]


def test_the_goal_is_the_clients_own():
    with pytest.raises(ValidationError, match="another client's"):
        ask(
            client=ClientFactory(),
            goal=WeeklyGoalFactory(),
            text="Help",
            by=StaffFactory(),
            now=NOW,
        )


def test_whoever_helped_says_how_and_once():
    asked, tom = HelpRequestFactory(), StaffFactory()
    with pytest.raises(ValidationError, match="does not give it"):
        give(request=asked, answer="I did", by=asked.asked_by, now=NOW)
    given = give(request=asked, answer="Showed the form builder", by=tom, now=NOW)
    assert (given.given_by, given.given_at, given.answer) == (tom, NOW, "Showed the form builder")
    with pytest.raises(ValidationError, match="Somebody was quicker"):
        give(request=asked, answer="Me too", by=StaffFactory(), now=NOW)
