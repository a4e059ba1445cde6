"""Search: what is found, for whom, in which order, and at what cost."""

from time import perf_counter

import pytest
from django.utils import timezone

from metrics.dashboards.finding import AT_A_GLANCE, find
from tests.factories.cast import make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    EngagementFactory,
)
from tests.metrics.views.browsing import browser_of, links, opened, queries, words

pytestmark = pytest.mark.django_db
PALETTE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def cast():
    cast = make_cast()
    for name, slug in (("Ярославль Строй", "yaroslavl"), ("한빛 치과", "hanbit")):
        client = ClientFactory(name=name, slug=slug)
        EngagementFactory(client=client)
        AssignmentFactory(client=client, pod=cast.pod_a, account_manager=cast.manager.staff)
    return cast


@pytest.mark.parametrize(
    ("typed", "slug"), [("яро", "yaroslavl"), ("СТРОЙ", "yaroslavl"), ("한빛", "hanbit")]
)
def test_three_letters_find_a_client_in_any_script(cast, typed, slug):
    found = browser_of(cast.manager).get("/search/", {"q": typed}, **PALETTE)
    assert f"/clients/{slug}/" in links(found)
    assert "<html" not in found.content.decode(), "the palette gets its lines only"


def test_a_foreign_client_is_not_found_nor_what_can_be_done_with_it(cast):
    theirs = cast.client_b.name
    assert f"/clients/{cast.client_b.slug}/" in links(opened(cast.leader, f"/search/?q={theirs}"))
    page = opened(cast.manager, f"/search/?q={theirs}")
    assert [link for link in links(page) if cast.client_b.slug in link] == []
    assert f"Nothing called “{theirs}”. Try a client or a person." in words(page)


def test_goals_people_pages_and_deeds_are_found_by_their_names(cast):
    ClientGoalFactory(client=cast.client_a, name="Cost per lead", starts_on=timezone.localdate())
    manager = cast.manager.staff
    for typed, address in (
        ("cost lead", f"/clients/{cast.client_a.slug}/#goals"),
        (manager.name, f"/people/{manager.slug}/"),
        ("my week", "/week/"),
        ("glossary", "/settings/glossary/"),
        ("log acme", f"/clients/{cast.client_a.slug}/contact/"),
        ("help acme", f"/clients/{cast.client_a.slug}/help/"),
    ):
        assert address in links(opened(cast.manager, f"/search/?q={typed}")), typed


def test_nobody_is_offered_a_deed_that_is_not_theirs(cast):
    found = links(opened(cast.accounting, "/search/?q=log acme"))
    assert not [link for link in found if link.endswith("/contact/")]


def test_no_group_crowds_out_the_others(cast):
    for number in range(12):
        client = ClientFactory(name=f"Acme {number}")
        EngagementFactory(client=client)
    groups = find("acme", cast.leader, timezone.localdate(), [], AT_A_GLANCE)
    counts = {group.word: len(group.lines) for group in groups}
    assert sum(counts.values()) == AT_A_GLANCE
    assert counts["Actions"] >= 1
    assert counts["Clients"] >= 3


def test_the_answer_comes_in_time_for_typing_with_160_clients(cast):
    for number in range(160):
        EngagementFactory(client=ClientFactory(name=f"Żółty Café {number}"))
    assert queries(cast.leader, "/search/?q=zol") <= 9
    browser = browser_of(cast.leader)
    browser.get("/search/", {"q": "zol"}, **PALETTE)
    seconds = []
    for _ in range(5):
        begun = perf_counter()
        browser.get("/search/", {"q": "zol caf"}, **PALETTE)
        seconds.append(perf_counter() - begun)
    assert min(seconds) < 0.1
