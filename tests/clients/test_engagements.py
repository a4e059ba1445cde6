from datetime import date

import pytest
from django.core.exceptions import ValidationError

from clients.engagements import end_engagement
from tests.factories.clients import ClientFactory, EngagementFactory, FeeFactory, PauseFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


def test_fees_and_a_pause_end_with_the_engagement():
    engagement = EngagementFactory()
    running = FeeFactory(client=engagement.client)
    over = FeeFactory(client=engagement.client, service="Site", ends_on=date(2025, 1, 1))
    pause = PauseFactory(client=engagement.client)
    end_engagement(client=engagement.client, on=TODAY)
    for row in (engagement, running, over, pause):
        row.refresh_from_db()
    assert (engagement.ended_on, running.ends_on, pause.ended_on) == (TODAY, TODAY, TODAY)
    assert over.ends_on == date(2025, 1, 1)


def test_nothing_is_left_half_ended_when_it_is_refused():
    engagement = EngagementFactory(started_on=TODAY)
    fee = FeeFactory(client=engagement.client)
    with pytest.raises(ValidationError, match="the end must be later"):
        end_engagement(client=engagement.client, on=TODAY)
    fee.refresh_from_db()
    assert fee.ends_on is None


def test_a_client_who_is_not_served_cannot_leave():
    with pytest.raises(ValidationError, match="no open engagement"):
        end_engagement(client=ClientFactory(), on=TODAY)
