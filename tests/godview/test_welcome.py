"""A new agency is shown what is left to set up."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.models import DemoMark, SetupStep
from godview.welcome.steps import Checklist, checklist
from metrics.models import Limit, WallLink
from tasks.models import SyncRun
from tests.factories.asana import AsanaConnectionFactory
from tests.factories.cast import PEOPLE, make_cast
from tests.factories.clients import (
    ClientFactory,
    EngagementFactory,
    PodFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def steps() -> dict[str, bool]:
    return {step.name: step.is_done for step in checklist(TODAY).steps}


def admin(browser: Browser) -> Browser:
    browser.force_login(UserFactory(is_superuser=True, is_staff=True))
    return browser


def test_an_empty_agency_has_seven_steps_and_the_first_is_next():
    found = checklist(TODAY)
    assert list(steps()) == ["agency", "people", "clients", "goals", "asana", "limits", "wall"]
    assert (found.done, found.minutes_left) == (0, 60)
    assert found.next
    assert found.next.name == "agency"


def test_each_step_is_done_by_what_is_there(settings):
    settings.AGENCY_NAME = "Larkfield"
    boss = StaffFactory(user=UserFactory())
    pod = PodFactory()
    pod.memberships.create(staff=boss)
    client = EngagementFactory().client
    goal = {"name": "Leads", "baseline": 1, "target": 2}
    client.goals.create(starts_on=TODAY, ends_on=TODAY + timedelta(days=90), **goal)
    now = timezone.now()
    told = {"state": SyncRun.State.DONE, "asked_at": now}
    SyncRun.objects.create(connection=AsanaConnectionFactory(), **told)
    Limit.objects.create(key="silence", starts_on=TODAY, value=9)
    WallLink.objects.create(title="Floor", token_hash="a", created_by=boss, created_at=now)
    assert steps() == dict.fromkeys(steps(), True)
    assert Checklist(checklist(TODAY).steps).next is None


def test_the_button_leads_to_the_file_that_comes_next():
    StaffFactory()
    people = checklist(TODAY).steps[1]
    assert not people.is_done
    assert people.url == reverse("import") + "?kind=pods"


def test_rows_of_the_demo_count_for_nothing():
    client = EngagementFactory().client
    engagement = client.engagements.get()
    ids = {"clients.Client": client.pk, "clients.Engagement": engagement.pk}
    DemoMark.objects.create(made_at=timezone.now(), last_ids=ids)
    assert not steps()["clients"]
    EngagementFactory()
    assert steps()["clients"]


def test_a_step_is_settled_by_hand_and_opened_again(client):
    browser = admin(client)
    browser.post(reverse("settle_step", args=["wall"]))
    browser.post(reverse("settle_step", args=["wall"]))
    assert steps()["wall"]
    assert "settled by hand" in browser.get("/welcome/").content.decode()
    assert SetupStep.objects.get().settled_by == get_user_model().objects.get()
    browser.post(reverse("settle_step", args=["wall"]), {"back": "1"})
    assert not steps()["wall"]


def test_a_step_that_does_not_exist_is_not_there(client):
    assert admin(client).post(reverse("settle_step", args=["coffee"])).status_code == 404


def test_the_first_page_of_a_new_agency_is_the_checklist(client):
    page = admin(client).get("/", follow=True).content.decode()
    assert "What is left to set up" in page
    assert "0 of 7 steps done, about 60 minutes left." in page


def test_with_a_client_today_is_today_again(client):
    ClientFactory()
    assert admin(client).get("/").status_code == 200


def test_others_are_told_whom_to_ask(client):
    person = StaffFactory(role="designer", user=UserFactory())
    client.force_login(person.user)
    page = client.get("/").content.decode()
    assert "Ask a leader or your director" in page


def test_to_others_the_checklist_is_not_there(client):
    cast = make_cast()
    for name in PEOPLE:
        if name not in ("leader", "admin"):
            client.force_login(cast.person(name))
            assert client.get("/welcome/").status_code == 404
            assert client.post(reverse("settle_step", args=["wall"])).status_code == 404
            assert client.get(reverse("remove_demo")).status_code == 404
            assert client.post(reverse("own_account")).status_code == 404


def test_a_line_on_every_page_says_that_it_is_a_demo_and_only_leaders_may_remove_it(client):
    cast = make_cast()
    DemoMark.objects.create(made_at=timezone.now())
    client.force_login(cast.manager)
    page = client.get("/clients/").content.decode()
    assert "Demo data" in page
    assert reverse("remove_demo") not in page
    client.force_login(cast.leader)
    assert reverse("remove_demo") in client.get("/clients/").content.decode()


def test_the_page_takes_few_queries(client, django_assert_max_num_queries):
    browser = admin(client)
    browser.get("/welcome/")
    with django_assert_max_num_queries(12):
        browser.get("/welcome/")
