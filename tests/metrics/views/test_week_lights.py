"""The lights of My week by forms: marked, marked again, refused, and for whom."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser

from clients.models import TrafficLight
from tests.factories.cast import make_cast
from tests.factories.voices import TrafficLightFactory
from tests.metrics.views.test_week import (
    BACKEND,
    LAST_WEEK,
    NEXT_WEEK,
    THIS_WEEK,
    THURSDAY,
    opened,
    shown,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/week/clients/acme/light/?week=2026-W47"


@pytest.fixture(autouse=True)
def _thursday_of_week_47():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def browser_of(user) -> Browser:
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    return browser


def said(color: str, version: int | str = 0, **more: object) -> dict[str, object]:
    return {"color": color, "week_starts_on": THIS_WEEK, "version": version, **more}


def test_a_week_is_marked_by_a_plain_form_and_the_browser_goes_back_to_its_row(cast):
    answer = browser_of(cast.manager).post(ADDRESS, said("green"))
    assert answer["Location"].endswith("#row-acme")
    light = TrafficLight.objects.get()
    assert (light.color, light.staff, light.week_starts_on) == (
        "green", cast.manager.staff, THIS_WEEK,
    )  # fmt: skip
    page = shown(cast.manager)
    assert (page.lights_set, page.lights_due) == (1, 1)


def test_the_same_light_sent_twice_is_one_and_another_is_another(cast):
    browser = browser_of(cast.manager)
    for color, version in (("green", 0), ("green", "")):
        browser.post(ADDRESS, said(color, version))
    assert TrafficLight.objects.count() == 1
    answer = browser.post(
        ADDRESS, said("red", TrafficLight.objects.get().pk), headers={"Accept": "application/json"}
    )
    told = answer.json()
    assert (told["color"], told["version"]) == ("red", TrafficLight.objects.earliest("-pk").pk)
    assert "1 of 1</b> lights set, 1 note missing" in told["counts"]
    assert [one.color for one in TrafficLight.objects.order_by("pk")] == ["green", "red"]


def test_two_people_on_one_light_see_both(cast):
    browser_of(cast.leader).post(ADDRESS, said("red", note="The form broke"))
    browser = browser_of(cast.manager)
    answer = browser.post(ADDRESS, said("green"), headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json()["reasons"] == ["Saved meanwhile: red, “The form broke”. Yours: green."]
    plain = browser.post(ADDRESS, said("green"))
    assert plain.status_code == 422
    assert "You chose: green" in plain.content.decode()


def test_a_red_week_without_a_note_says_so_and_a_blank_one_stays_blank(cast):
    TrafficLightFactory(client=cast.client_a, week_starts_on=LAST_WEEK, color="red", note="short")
    text = opened(cast.manager, "/week/?week=2026-W46").content.decode()
    assert '<small class="lacks" >note missing</small>' in text
    page = shown(cast.manager)
    assert page.rows[0].light is None
    assert page.rows[0].lights == ("none",) * 11 + ("bad", "none")
    assert page.rows[0].lights_words == "Lights of 13 weeks: 1 red, 12 not set"


def test_a_week_ahead_has_no_lights_and_takes_none(cast):
    assert "lights set" not in opened(cast.manager, "/week/?week=2026-W48").content.decode()
    answer = browser_of(cast.manager).post(ADDRESS, said("red") | {"week_starts_on": NEXT_WEEK})
    assert answer.status_code == 422
    assert "when it has begun" in answer.content.decode()


def test_who_is_no_key_client_gets_no_light(cast):
    type(cast.client_a).objects.filter(pk=cast.client_a.pk).update(is_key=False)
    page = shown(cast.manager)
    assert page.lights_due == 0
    assert "no key client" in opened(cast.manager).content.decode()


@pytest.mark.parametrize(("person", "status"), [("salesperson", 403), ("manager_b", 404)])
def test_who_may_not_mark_a_client_is_refused(cast, person, status):
    answer = browser_of(cast.person(person)).post(ADDRESS, said("green"))
    assert answer.status_code == status
    assert not TrafficLight.objects.exists()


def test_the_client_page_shows_thirteen_weeks_of_lights(cast):
    at = datetime(2026, 11, 13, 15, tzinfo=UTC)
    for color, later in (("green", 0), ("red", 1)):
        TrafficLightFactory(
            client=cast.client_a, week_starts_on=LAST_WEEK, color=color, note="The form broke",
            marked_at=at + timedelta(hours=later),
        )  # fmt: skip
    response = opened(cast.manager, "/clients/acme/")
    cells = dict(response.context["page"].grid.rows)["Light"]
    assert [cell.state for cell in cells] == ["none"] * 11 + ["bad", "none"]
    assert cells[11].words == "red: The form broke"
    assert 'title="Light: red"' in opened(cast.manager, "/clients/").content.decode()
