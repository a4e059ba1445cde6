"""Every reading page: whole without JavaScript, bounded queries, foreign = absent, empty states."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from godview.templatetags.display import days, percent
from metrics.catalogue import CATALOGUE
from metrics.dashboards.why.words import in_words
from tasks.models import Membership, Project, Tactic, Task
from tests.factories.cast import make_cast
from tests.factories.clients import (
    AssignmentFactory,
    ClientFactory,
    ClientGoalFactory,
    ContactFactory,
    EngagementFactory,
    FeeFactory,
    GoalReadingFactory,
    ObligationFactory,
    SignedAgreementFactory,
    StaffFactory,
    TouchpointFactory,
    UserFactory,
)
from tests.factories.tasks import TacticFactory, WeeklyGoalFactory
from tests.factories.world import make_connection

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
DAY = date(2026, 11, 19)
MONDAY = date(2026, 11, 16)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = [
    "/",
    "/clients/",
    "/attention/",
    "/clients/acme/",
    "/clients/acme/contacts/",
    "/clients/acme/tasks/",
    "/why/clients_on_pace/",
]


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def browser_of(user):
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    return browser


def text(response):
    """What the page says, without its marks."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def fill(client, pod, manager):
    """A client with something in every panel."""
    FeeFactory(client=client, amount=6400)
    ContactFactory(client=client, name="Owner", decides=True)
    goal = ClientGoalFactory(client=client, starts_on=DAY - timedelta(days=45))
    for weeks in range(5):
        GoalReadingFactory(
            goal=goal, read_on=DAY - timedelta(days=weeks * 7), value=Decimal(120 - weeks * 4)
        )
    for weeks in range(4):
        monday = MONDAY - timedelta(days=weeks * 7)
        status = "met" if weeks else "open"
        WeeklyGoalFactory(client=client, manager=manager, week_starts_on=monday, status=status)
    TouchpointFactory(client=client, staff=manager, happened_at=THURSDAY - timedelta(days=12))
    TacticFactory(client=client, manager=manager, started_on=DAY - timedelta(days=50), judged=True)
    TacticFactory(client=client, manager=manager, started_on=DAY - timedelta(days=20))
    ObligationFactory(client=client, asked_at=THURSDAY - timedelta(days=3))
    SignedAgreementFactory(client=client)


def another(cast, number):
    client = ClientFactory(name=f"Client {number:04}", slug=f"client-{number:04}")
    EngagementFactory(client=client)
    manager = cast.manager.staff
    AssignmentFactory(client=client, pod=cast.pod_a, account_manager=manager)
    fill(client, cast.pod_a, manager)


def queries(browser, address):
    browser.get(address)  # what is the same for every page after it: sign-in, imports
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


@pytest.mark.once
@pytest.mark.parametrize("address", PAGES)
def test_the_queries_of_a_page_do_not_grow_with_the_clients(cast, address):
    fill(cast.client_a, cast.pod_a, cast.manager.staff)
    browser = browser_of(cast.leader)
    few = queries(browser, address)
    for number in range(12):
        another(cast, number)
    assert queries(browser, address) == few <= 13


@pytest.mark.once
@pytest.mark.parametrize("address", ["/", "/clients/"])
def test_after_a_contact_was_logged_a_page_still_asks_little(cast, address):
    """Only what depends on contacts is counted again."""
    fill(cast.client_a, cast.pod_a, cast.manager.staff)
    browser = browser_of(cast.leader)
    browser.get(address)
    TouchpointFactory(client=cast.client_a, happened_at=THURSDAY)
    with CaptureQueriesContext(connection) as captured:
        browser.get(address)
    assert len(captured) <= 15


@pytest.mark.once
@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_sent_to_the_door(cast, address):
    assert Browser().get(address).url.startswith("/accounts/login/?next=")


@pytest.mark.once
@pytest.mark.parametrize("address", PAGES)
def test_looking_only_looks(cast, address):
    assert browser_of(cast.leader).post(address).status_code == 405


@pytest.mark.parametrize("address", PAGES)
def test_pages_have_one_heading_and_no_inline_code(cast, address):
    fill(cast.client_a, cast.pod_a, cast.manager.staff)
    response = browser_of(cast.leader).get(address)
    body = response.content.decode()
    assert body.count("<h1") == 1
    assert not re.search(r"<script(?![^>]*(src=|application/json))|\sstyle=|\son\w+=", body)
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.once
@pytest.mark.parametrize("who", ["manager", "designer", "director", "salesperson"])
def test_no_page_names_a_foreign_client(cast, who):
    for client, staff in ((cast.client_a, cast.manager), (cast.client_b, cast.manager_b)):
        fill(client, None, staff.staff)
    browser = browser_of(getattr(cast, who))
    addresses = [
        "/",
        "/?marks=contact",
        "/clients/",
        "/clients/?format=csv",
        "/clients/?needs=decision",
    ]
    addresses += [f"/why/{key}/?period=year" for key in CATALOGUE]
    addresses += [f"/why/{key}/?period=year&format=csv" for key in CATALOGUE]
    for address in addresses:
        response = browser.get(address)
        assert response.status_code == 200, address
        assert "Boreal" not in response.content.decode(), address


def test_a_foreign_client_and_none_get_the_same_answer(cast):
    browser = browser_of(cast.manager)
    foreign, absent = browser.get("/clients/boreal/"), browser.get("/clients/zzz/")
    assert foreign.status_code == absent.status_code == 404

    def said(response):
        return re.sub(r'(value|content)="[^"]*"', "", text(response))

    assert said(foreign) == said(absent)


@pytest.mark.parametrize(
    "scope", ["client:boreal", "pod:basalt", "manager:other", "department:Social", "pod:zzz", "x"]
)
def test_a_foreign_scope_is_absent(cast, scope):
    address = f"/why/clients_on_pace/?scope={scope}"
    assert browser_of(cast.manager).get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "scope"),
    [
        ("manager", "client:acme"),
        ("manager", "pod:amber"),
        ("manager", "manager:manager"),
        ("designer", "manager:manager"),
        ("director", "department:Search"),
        ("leader", "pod:basalt"),
    ],
)
def test_ones_own_scope_is_shown(cast, who, scope):
    address = f"/why/clients_on_pace/?scope={scope}"
    assert browser_of(getattr(cast, who)).get(address).status_code == 200


def test_an_empty_agency_is_told_what_to_do():
    browser = browser_of(UserFactory(is_superuser=True, is_staff=True))
    assert browser.get("/").url == "/welcome/"
    assert "No clients yet" in text(browser.get("/clients/"))


# What each says to a leader before there is anything: what to do, and how long it takes.
NOTHING_YET = {
    "/welcome/": "about 60 minutes left",
    "/attention/": "about five minutes. Import clients",
    "/attention/judge/": "about five minutes. Import clients",
    "/clients/": "about five minutes. Import clients",
    "/why/clients_on_pace/": "about five minutes. Import clients",
    "/why/client_retention_rate/": "about five minutes. Import clients",
    "/pods/": "about five minutes. Import pods",
    "/goals/": "about five minutes. Import clients",
    "/departments/": "about two minutes. Import staff",
    "/week/": "put you into a pod. It takes a minute.",
    "/meetings/": "about five minutes. Import pods",
    "/money/": "about five minutes. Import clients",
    "/segments/": "about five minutes. Import clients",
    "/segments/capacity/": "about five minutes. Import clients",
    "/survival/": "about five minutes. Import clients",
    "/winback/": "It takes a minute. Add a refusal",
    "/experiments/": "about three minutes. Add the first test",
    "/tactics/": "It takes a minute. Choose a client",
    "/coaching/": "It takes under a minute",
    "/surveys/": "It takes two minutes.",
    "/deadlines/": "takes a minute. Plan the week",
    "/training/": "about twenty minutes",
    "/training/matrix/": "about twenty minutes",
    "/import/": "about ten minutes",
    "/settings/wall/": "it takes a minute",
    "/settings/api-tokens/": "It takes a minute.",
    "/settings/asana/": "about five minutes",
    "/settings/asana/runs/": "the first read begins by itself",
}


def test_every_empty_page_says_what_to_do_and_how_long_it_takes():
    leader = StaffFactory(role="leadership", user=UserFactory(is_superuser=True, is_staff=True))
    browser = browser_of(leader.user)
    silent = {
        page: said
        for page, told in NOTHING_YET.items()
        if told not in (said := " ".join(text(browser.get(page)).split()))
    }
    assert silent == {}


def test_a_new_client_has_an_empty_state_in_every_panel(cast):
    said = text(browser_of(cast.leader).get("/clients/acme/"))
    for sentence in (
        "No 90-day goal runs",
        "No goals for this week yet",
        "The client owes us nothing",
        "No tactic ran in the last 13 weeks",
        "No contact was logged yet",
        "No open task is known",
    ):
        assert sentence in said


def test_a_client_that_left_keeps_its_page(cast):
    cast.client_a.engagements.update(ended_on=date(2026, 10, 12))
    assert "Not served on this day" in text(browser_of(cast.leader).get("/clients/acme/"))


def test_the_client_page_says_why_it_is_red(cast):
    fill(cast.client_a, cast.pod_a, cast.manager.staff)
    said = text(browser_of(cast.leader).get("/clients/acme/"))
    assert "20% ÷ 50% expected = 0.40" in said
    assert "19 Nov − 7 Nov = 12 days" in said
    assert "3 hit ÷ 3 set = 100%" in said
    assert "overdue = 2 d late" in said
    assert "17 rules checked at 14:32, 3 failed" in said


def test_the_chart_of_a_goal_comes_as_data_with_its_table(cast):
    fill(cast.client_a, cast.pod_a, cast.manager.staff)
    body = browser_of(cast.leader).get("/clients/acme/").content.decode()
    assert '<script id="figure-goal" type="application/json">' in body
    assert "5 readings" in body


@pytest.mark.once
def test_hostile_names_stay_text(cast):
    cast.client_a.name = "</script><img src=x onerror=alert(1)>"
    cast.client_a.save()
    goal = ClientGoalFactory(client=cast.client_a, name="</script><b>", starts_on=date(2026, 10, 1))
    for day in range(5):
        GoalReadingFactory(goal=goal, read_on=date(2026, 10, 2 + day))
    Tactic.objects.create(client=cast.client_a, name="<b>x</b>", started_on=DAY)
    browser = browser_of(cast.leader)
    for address in (*PAGES, "/why/days_since_contact_mean/"):
        body = browser.get(address).content.decode()
        assert "<img" not in body, address
        assert "</script><b>" not in body, address


# -- The rows behind one client's numbers -------------------------------------------------------


def cells(response, name):
    return dict(response.context["page"].grid.rows)[name]


def test_the_weeks_of_a_client_lead_to_as_many_rows(cast):
    fill(cast.client_a, cast.pod_a, cast.manager.staff)
    browser = browser_of(cast.manager)
    page = browser.get("/clients/acme/")
    for cell in cells(page, "Contacts"):
        if cell.url:
            found = browser.get(cell.url).context
            assert str(found["counting"]) == cell.text
    for cell in cells(page, "Weekly goals hit"):
        if cell.url:
            measure = browser.get(cell.url).context["page"].measure
            assert f"{measure.part}/{measure.whole}" == cell.text


def test_all_contacts_of_a_client_are_on_one_list(cast):
    for back in range(105):
        TouchpointFactory(client=cast.client_a, happened_at=THURSDAY - timedelta(days=back))
    TouchpointFactory(client=cast.client_a, happened_at=THURSDAY, channel="newsletter")
    browser = browser_of(cast.manager)
    first = browser.get("/clients/acme/contacts/")
    assert "106 contacts with Acme" in text(first)
    assert "In 105 of them" in text(first)
    assert len(first.context["rows"].object_list) == 100
    assert len(browser.get("/clients/acme/contacts/?page=2").context["rows"].object_list) == 6


def test_open_tasks_are_listed_with_the_most_overdue_first(cast):
    project = Project.objects.create(
        connection=make_connection(),
        gid="1",
        name="Acme",
        client=cast.client_a,
        observed_at=THURSDAY,
    )
    for gid, due_on in (
        ("3", None),
        ("2", DAY + timedelta(days=1)),
        ("1", DAY - timedelta(days=2)),
    ):
        task = Task.objects.create(
            connection=project.connection,
            gid=gid,
            name=f"Task number {gid}",
            due_on=due_on,
            first_due_on=due_on,
            content_hash="",
            observed_at=THURSDAY,
        )
        Membership.objects.create(task=task, project=project)
    browser = browser_of(cast.manager)
    assert "3 in Asana, 1 overdue" in text(browser.get("/clients/acme/"))
    rows = browser.get("/clients/acme/tasks/")
    assert [task.gid for task in rows.context["rows"]] == ["1", "2", "3"]
    assert "1 overdue" in text(rows)


@pytest.mark.parametrize("rows", ["contacts/", "tasks/"])
def test_the_rows_of_a_foreign_client_are_absent(cast, rows):
    assert browser_of(cast.manager).get(f"/clients/boreal/{rows}").status_code == 404


# -- The list of clients ------------------------------------------------------------------------


def names(response):
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', response.content.decode())


@pytest.fixture
def many(cast):
    fill(cast.client_a, cast.pod_a, cast.manager.staff)
    TouchpointFactory(client=cast.client_b, happened_at=THURSDAY)
    FeeFactory(client=cast.client_b, amount=900)
    return cast


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Acme", "Boreal"]),
        ("?q=BOR", ["Boreal"]),
        ("?pod=amber", ["Acme"]),
        ("?manager=other", ["Boreal"]),
        ("?pace=off", ["Acme"]),
        ("?pace=none", ["Boreal"]),
        ("?contact=over", ["Acme"]),
        ("?contact=fine", ["Boreal"]),
        ("?needs=decision&pace=off", ["Acme"]),
        ("?pod=amber&contact=fine", []),
        ("?pod=nonsense&sort=nonsense", ["Acme", "Boreal"]),
        ("?sort=-name", ["Boreal", "Acme"]),
        ("?sort=mrr", ["Boreal", "Acme"]),
        ("?sort=-days", ["Acme", "Boreal"]),
    ],
)
def test_the_list_filters_and_sorts(many, query, found):
    assert names(browser_of(many.leader).get(f"/clients/{query}")) == found


def test_a_filter_that_nobody_passes_offers_the_way_back(many):
    assert "No client passes these filters" in text(browser_of(many.leader).get("/clients/?q=zzz"))


def test_the_csv_holds_the_rows_that_the_screen_shows(many):
    response = browser_of(many.leader).get("/clients/?pace=off&format=csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["client"], row["mrr"], row["days_since_contact"]) for row in rows] == [
        ("Acme", "6400.00", "12")
    ]


def test_every_count_of_today_opens_as_many_rows(many):
    browser = browser_of(many.leader)
    for colour in ("pace", "contact"):
        page = browser.get(f"/?marks={colour}").context["page"]
        for entry in page.legend:
            assert len(names(browser.get(entry.url))) == entry.count, entry
    assert len(names(browser.get("/clients/?needs=decision"))) == page.open_cases


def test_every_number_of_today_is_the_number_that_its_link_explains(many):
    browser = browser_of(many.leader)
    page = browser.get("/").context["page"]

    def explained(url):
        return browser.get(url).context["page"].measure

    for pod in page.pods:
        assert percent(explained(pod.on_pace_url).value) == pod.on_pace or pod.on_pace == "–"
        assert percent(explained(pod.goals_url).value) == pod.goals_hit or pod.goals_hit == "–"
        assert days(float(explained(pod.contact_url).value)) == pod.contact
    for manager in page.managers:
        counts = explained(manager.rate_url)
        assert f"{counts.part} of {counts.whole}" == manager.counts
    for tile in page.tiles:
        if "/why/" in tile.url and not tile.unknown:
            shown = in_words(explained(tile.url))
            assert shown.startswith(tile.value.split(".")[0]), tile


def test_the_links_of_a_past_day_stay_in_that_day(many):
    browser = browser_of(many.leader)
    body = browser.get("/?as_of=2026-11-10").content.decode()
    assert "Numbers of the end of Tue 10 Nov 2026" in body
    assert "/clients/acme/?as_of=2026-11-10" in body
    assert "?as_of=2026-11-10" in browser.get("/clients/?as_of=2026-11-10").content.decode()


def test_nobody_is_offered_a_page_that_is_absent_for_them(many):
    """A client of our pod, answered for by somebody whose page is not ours to read."""
    client = ClientFactory(name="Lent", slug="lent")
    EngagementFactory(client=client)
    AssignmentFactory(client=client, pod=many.pod_a, account_manager=many.manager_b.staff)
    browser = browser_of(many.manager)
    for address in ("/", "/clients/", "/clients/lent/"):
        body = browser.get(address).content.decode()
        links = set(re.findall(r'href="(/(?:people|pods|clients|why|departments)/[^"#]*)"', body))
        for link in links:
            assert browser.get(link.replace("&amp;", "&")).status_code == 200, (address, link)


def test_only_the_map_comes_when_only_the_map_is_asked_for(many):
    response = browser_of(many.leader).get("/?marks=contact", headers={"HX-Target": "client-map"})
    assert b"<html" not in response.content
    assert b'id="client-map"' in response.content


# -- Why ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_number_explains_itself(many, key):
    response = browser_of(many.leader).get(f"/why/{key}/")
    said = text(response)
    assert CATALOGUE[key].name.split(",")[0] in said.replace("&#x27;", "'")
    assert response.status_code == 200


def test_an_unknown_number_is_absent(many):
    assert browser_of(many.leader).get("/why/happiness/").status_code == 404


@pytest.mark.parametrize(
    ("key", "period"),
    [
        ("client_retention_rate", "quarter"),
        ("clients_on_pace", "quarter"),
        ("days_since_contact_mean", "quarter"),
        ("weekly_goal_hit_rate", "2026-10-26..2026-11-16"),
        ("tactic_win_rate", "quarter"),
        ("clients_active", "month"),
        ("mrr", "month"),
    ],
)
def test_there_are_as_many_rows_as_the_number_counts(many, key, period):
    page = browser_of(many.leader).get(f"/why/{key}/?period={period}").context["page"]
    counted = page.measure.part if key == "mrr" else page.measure.whole or page.measure.value
    assert page.rows.total == counted > 0


def test_rows_of_others_are_counted_and_not_shown(many):
    page = browser_of(many.manager).get("/why/days_since_contact_mean/").context["page"]
    assert (page.rows.total, len(page.rows.rows), page.rows.hidden) == (2, 1, 1)


def test_nonsense_in_the_address_falls_back_to_the_default(many):
    response = browser_of(many.leader).get("/why/mrr/?period=soon")
    assert response.context["page"].as_of == DAY


def test_a_number_can_be_asked_for_any_past_day(many):
    address = "/why/days_since_contact_max/?as_of=2026-11-10"
    assert browser_of(many.leader).get(address).context["page"].as_of == date(2026, 11, 10)
