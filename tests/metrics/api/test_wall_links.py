"""Screens on the wall over HTTP: leaders see and revoke them; nobody reads what opens them."""

from typing import Any

import pytest
from django.utils import timezone

from metrics.wall_links import create_link, hash_of, link_of
from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast
from tests.tasks.api.test_ledger import deed, ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def made(cast: Cast) -> Any:
    told = {"title": "Second floor", "scope": "pod:amber", "names": "none", "rotates": False}
    return create_link(**told, by=cast.leader.staff, now=timezone.now())


def test_a_leader_sees_the_screens_and_no_token(cast: Cast, made: Any):
    link, token = made
    answer = Asking(cast.leader).get("wall-links", names="none", open="true")
    assert ids(answer) == [link.pk]
    told = answer.content.decode()
    assert "Second floor" in told
    assert token not in told
    assert hash_of(token) not in told


@pytest.mark.parametrize("who", ["manager", "designer", "director", "accounting", "stranger"])
def test_screens_are_for_leaders_only(cast: Cast, made: Any, who: str):
    link, token = made
    user = getattr(cast, who)
    assert Asking(user).get("wall-links").status_code == 403
    assert Asking(user).get("wall-links", link.pk).status_code == 403
    assert deed(user, "wall-links", link, "revoke").status_code == 403
    assert link_of(token) == link


def test_a_revoked_screen_opens_nothing(cast: Cast, made: Any):
    link, token = made
    assert deed(cast.leader, "wall-links", link, "revoke").json()["revoked_at"] is not None
    assert link_of(token) is None


def test_links_are_not_made_here(cast: Cast):
    answer = Asking(cast.leader).post("wall-links", title="Kitchen", scope="agency")
    assert answer.status_code == 405
