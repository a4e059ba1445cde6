from datetime import date

import pytest
from django.core.exceptions import ValidationError

from clients.models import Client
from tests.factories.clients import ClientFactory, EngagementFactory, PauseFactory

pytestmark = pytest.mark.django_db
LEAVES, RETURNS = date(2026, 4, 1), date(2026, 7, 1)


@pytest.fixture
def returned():
    """Served until 1 April, and again from 1 July."""
    client = ClientFactory()
    EngagementFactory(client=client, started_on=date(2026, 1, 1), ended_on=LEAVES)
    EngagementFactory(client=client, started_on=RETURNS)
    return client


@pytest.mark.parametrize(
    ("day", "served"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 3, 31), True),
        (LEAVES, False),
        (date(2026, 6, 30), False),
        (RETURNS, True),
    ],
)
def test_a_client_is_served_from_its_first_day_up_to_and_without_its_last(returned, day, served):
    assert Client.objects.served_on(day).filter(pk=returned.pk).exists() is served


def test_a_client_who_came_back_is_counted_once(returned):
    assert Client.objects.served_on(RETURNS).count() == 1


def test_a_pause_ends_on_the_first_day_served_again():
    client = EngagementFactory().client
    PauseFactory(client=client, started_on=date(2026, 2, 1), ended_on=date(2026, 3, 1))
    paused = Client.objects.paused_on
    assert not paused(date(2026, 1, 31)).exists()
    assert paused(date(2026, 2, 1)).get() == client
    assert paused(date(2026, 2, 28)).exists()
    assert not paused(date(2026, 3, 1)).exists()
    assert Client.objects.not_paused_on(date(2026, 3, 1)).get() == client
    assert not Client.objects.not_paused_on(date(2026, 2, 1)).exists()


def test_the_calendar_is_the_clients_or_else_the_agencys(settings):
    settings.AGENCY_COUNTRY, settings.TIME_ZONE = "GB", "Europe/London"
    assert ClientFactory(country="PL", time_zone="Europe/Warsaw").calendar().country == "PL"
    assert ClientFactory().calendar().time_zone == "Europe/London"


@pytest.mark.parametrize(
    "wrong", [{"country": "pl"}, {"country": "POL"}, {"time_zone": "Warsaw"}, {"name": ""}]
)
def test_what_is_no_country_zone_or_name_is_refused(wrong):
    with pytest.raises(ValidationError) as refusal:
        ClientFactory.build(**wrong).full_clean()
    assert set(refusal.value.message_dict) == set(wrong)


@pytest.mark.parametrize("reference", ["C-7", "halden-dental", "Halden Dental"])
def test_a_client_is_found_by_id_slug_or_name(reference):
    client = ClientFactory(external_id="C-7", slug="halden-dental", name="Halden Dental")
    ClientFactory()
    assert Client.objects.named(reference).get() == client
