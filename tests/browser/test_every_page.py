"""Every page in a real Chromium: nothing breaks, nothing leaves, nothing runs out of its box."""

import pytest
from django.utils import timezone

from clients.models import ClientGoal, DemoMark
from godview.importing.uploads import receive
from tasks.models import Experiment, Promise
from tests.browser.conftest import DESK, NARROW, PHONE
from tests.factories.asana import MembershipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = (DESK, (1366, 768), (1024, 768), (820, 1180), PHONE, NARROW)
PAGES = [
    "/",
    "/?marks=contact",
    "/?scope=pod:amber&marks=light",
    "/goals/",
    "/goals/?rows=clients&metric=pace",
    "/clients/",
    "/clients/?pace=off",
    "/clients/acme/",
    "/clients/acme/contact/",
    "/clients/acme/ask/",
    "/clients/acme/goals/",
    "/clients/acme/contacts/",
    "/clients/acme/tasks/",
    "/clients/acme/risks/",
    "/clients/acme/goals/Leads/",
    "/clients/acme/goals/Leads/pivot/",
    "/tasks/Draw/",
    "/attention/",
    "/attention/judge/",
    "/search/?q=ac",
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
    "/segments/rules/",
    "/segments/capacity/",
    "/coaching/",
    "/winback/",
    "/winback/add/",
    "/week/",
    "/meetings/",
    "/meetings/pod/amber/",
    "/meetings/",
    "/meetings/pod/amber/",
    "/experiments/?confidence=99",
    "/experiments/Won/",
    "/experiments/new/",
    "/tactics/",
    "/surveys/",
    "/deadlines/",
    "/deadlines/?needs=any",
    "/deadlines/Promise/",
    "/training/",
    "/training/matrix/",
    "/import/",
    "/import/Upload/",
    "/import/Upload/columns/",
    "/welcome/",
    "/welcome/demo/",
    "/settings/",
    "/settings/limits/",
    "/settings/glossary/",
    "/settings/wall/",
    "/settings/asana/",
    "/settings/asana/runs/",
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
    """With the names and numbers that were given here."""
    named = {"Search": agency.department_a.slug, **made_for_the_walk(agency)}
    return [
        "/".join(str(named.get(word, word)) for word in page.split("/"))  # whole words only
        for page in PAGES
    ]


def made_for_the_walk(agency):
    """A task, a file on its way in, and the mark of a demo, beside what the agency has."""
    task = MembershipFactory(project__client=agency.client_a).task
    now = timezone.now()
    DemoMark.objects.create(made_at=now)
    file = {"kind": "pods", "file_name": "pods.csv", "content": b"external_id,name\nP9,Quartz\n,\n"}
    upload = receive(**file, user=agency.admin, today=now.date(), now=now)
    return {
        "Won": Experiment.objects.get(name="Won").pk,
        "Leads": ClientGoal.objects.get(client=agency.client_a).pk,
        "Promise": Promise.objects.filter(client=agency.client_a).first().pk,
        "Draw": task.pk,
        "Upload": upload.pk,
    }


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
    assert len(seen.troubles) == 1, "only /nowhere/ is not there"


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


# What the focus lies under, and whether it can be seen, at each stop of the Tab key.
STOP = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
  const over = document.elementFromPoint(x, y);
  const bar = over && over.closest('.top, .phonebar');
  const style = getComputedStyle(at);
  const wrap = at.parentElement ? getComputedStyle(at.parentElement) : style;
  return {
    name: `${at.tagName} ${at.className} ${at.textContent.trim().slice(0, 30)}`,
    end: at === document.body,
    hidden: Boolean(bar && !bar.contains(at)),
    ringed: [style, wrap].some((s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2),
  };
}"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=str)
@pytest.mark.parametrize("address", ["/", "/clients/acme/"])
def test_the_focus_is_always_seen_and_never_under_a_bar(visit, size, address):
    page = visit(size=size).open(address)
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["end"]:
            break
        stops.append(stop)
    assert len(stops) >= 10
    assert [stop["name"] for stop in stops if stop["hidden"] or not stop["ringed"]] == []
