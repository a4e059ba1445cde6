"""Every page in a real Chromium: nothing breaks, nothing leaves, nothing runs out of its box."""

import pytest

from tasks.models import Experiment
from tests.browser.conftest import DESK, NARROW, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = (DESK, (1366, 768), (820, 1180), PHONE, NARROW)
PAGES = [
    "/",
    "/?marks=contact",
    "/clients/",
    "/clients/?pace=off",
    "/clients/acme/",
    "/clients/acme/contact/",
    "/clients/acme/ask/",
    "/clients/acme/goals/",
    "/why/clients_on_pace/",
    "/why/weekly_goal_hit_rate/?period=year",
    "/pods/",
    "/pods/amber/",
    "/people/",
    "/people/manager/",
    "/departments/",
    "/departments/Search/",
    "/money/",
    "/survival/",
    "/segments/",
    "/winback/",
    "/winback/add/",
    "/week/",
    "/experiments/?confidence=99",
    "/experiments/Won/",
    "/experiments/new/",
    "/tactics/",
    "/surveys/",
    "/deadlines/",
    "/deadlines/?needs=any",
    "/training/",
    "/training/matrix/",
    "/import/",
    "/settings/asana/",
    "/connect/asana/token/",
    "/settings/api-tokens/",
    "/styleguide/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/nowhere/",
]
DOORS = ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"]
SERIOUS = ("serious", "critical")


def serious(findings):
    return [finding for finding in findings if any(f"({grade})" in finding for grade in SERIOUS)]


@pytest.fixture
def pages(agency):
    """With the slug that the department was given."""
    named = {"Search": agency.department_a.slug, "Won": str(Experiment.objects.get(name="Won").pk)}
    found = []
    for page in PAGES:
        for word, name in named.items():
            page = page.replace(word, name)
        found.append(page)
    return found


def test_no_page_scrolls_sideways_cuts_a_text_off_or_complains(visit, pages):
    seen = visit()
    sideways, cut = [], []
    for page in pages:
        seen.open(page)
        for size in SIZES:
            seen.resize(size)
            if seen.leaks_sideways() and seen.leaks_sideways(after_ms=500):  # charts redraw
                sideways.append((page, size))
            cut += [(page, size, text) for text in seen.cut_texts() if size in (DESK, PHONE)]
        seen.resize(DESK)
    missing = "the server responded with a status of 404"
    assert (sideways, cut) == ([], [])
    assert [trouble for trouble in seen.troubles if missing not in trouble] == []


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=str)
def test_everybody_can_use_every_page(visit, axe, pages, size, scheme):
    seen = visit(size=size, color_scheme=scheme)
    found = {page: serious(axe(seen.open(page))) for page in pages}
    assert {page: findings for page, findings in found.items() if findings} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_come_in(visit, axe, scheme):
    seen = visit(who="", color_scheme=scheme)
    found = {page: serious(axe(seen.open(page))) for page in DOORS}
    assert {page: findings for page, findings in found.items() if findings} == {}
    assert seen.troubles == []


def test_a_page_costs_little_on_a_first_visit(visit):
    """At most 90 kB before compression of what a screen needs at once, and no chart library."""
    seen = visit()
    sizes: dict[str, int] = {}
    seen.page.on("response", lambda r: sizes.update({r.url: len(r.body())}) if r.ok else None)
    seen.open("/")
    assert not [url for url in sizes if "plotly" in url]
    assert len(sizes) <= 12
