"""A screen on the wall: what it shows, what it hides, and whom it lets in."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client as Browser

from metrics import wall_links
from metrics.models import WallLink
from tests.factories.cast import make_cast
from tests.factories.clients import TouchpointFactory
from tests.metrics.views.test_pages import browser_of, fill, text

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    cast = make_cast()
    fill(cast.client_a, cast.pod_a, cast.manager.staff)
    TouchpointFactory(client=cast.client_b, staff=cast.manager.staff, happened_at=THURSDAY)
    return cast


def link_for(cast, **told):
    told = {"title": "Hall", "scope": "agency", "names": "none", "rotates": False, **told}
    return wall_links.create_link(by=cast.leader.staff, now=THURSDAY, **told)


def screen(token, query=""):
    return Browser().get(f"/wall/{token}/{query}")


def test_it_needs_its_token_and_no_sign_in_and_is_found_by_no_search_engine(cast):
    _, token = link_for(cast)
    shown = screen(token)
    assert shown.status_code == 200
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert "no-store" in shown.headers["Cache-Control"]
    assert screen(token[:-1]).status_code == 404
    assert token not in str(WallLink.objects.values().get())


def test_it_names_pods_and_nobody_unless_the_link_says_so(cast):
    _, hidden = link_for(cast)
    said = text(screen(hidden))
    assert cast.pod_a.name in said
    assert cast.manager.staff.name not in said
    assert cast.client_a.name not in said
    _, full = link_for(cast, names="full")
    said = text(screen(full))
    assert cast.manager.staff.name in said
    assert cast.client_a.name in said  # twelve days without contact


def test_a_screen_of_one_pod_counts_that_pod_alone(cast):
    _, token = link_for(cast, scope=f"pod:{cast.pod_b.name}")
    said = text(screen(token))
    assert cast.pod_b.name in said
    assert cast.pod_a.name not in said
    assert "No client over 10 days" in said
    _, whole = link_for(cast)
    assert "1 client over 10 days" in text(screen(whole))


def test_only_the_part_that_changes_is_asked_for_again(cast):
    _, token = link_for(cast)
    part = screen(token, "?part=1")
    assert b"<html" not in part.content
    assert b"<h1>" in part.content


def test_it_shows_contact_and_light_only_in_turn(cast):
    _, still = link_for(cast)
    assert "contact" not in text(screen(still, "?view=contact")).partition("by pod: ")[2][:10]
    _, turning = link_for(cast, rotates=True)
    assert "by pod: contact" in text(screen(turning, "?view=contact"))


def test_a_revoked_link_opens_nothing(cast):
    link, token = link_for(cast)
    leader = browser_of(cast.leader)
    assert leader.post(f"/settings/wall/{link.pk}/revoke/").status_code == 302
    assert screen(token).status_code == 404
    assert browser_of(cast.manager).post(f"/settings/wall/{link.pk}/revoke/").status_code == 404


def test_a_look_is_written_down_every_few_minutes(cast):
    link, token = link_for(cast)
    screen(token)
    link.refresh_from_db()
    assert link.seen_at == THURSDAY


def test_a_leader_makes_a_link_and_sees_it_once(cast):
    leader = browser_of(cast.leader)
    made = leader.post("/settings/wall/", {"title": "Hall", "scope": "agency", "names": "none"})
    address = made.context["address"]
    assert Browser().get(address.removeprefix("http://testserver")).status_code == 200
    assert address not in leader.get("/settings/wall/").content.decode()
    assert browser_of(cast.manager).get("/settings/wall/").status_code == 404


def test_a_wall_shows_no_single_person_or_client(cast):
    for scope in ("manager:" + cast.manager.staff.name, "client:acme", "pod:nowhere"):
        with pytest.raises(ValidationError):
            link_for(cast, scope=scope)
