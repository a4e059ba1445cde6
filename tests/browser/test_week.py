"""A manager closes the week of twelve clients and plans the next: with keys, without JavaScript,
and while the server dies under their hands."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client as Visitor
from playwright.sync_api import Browser, Locator, Page, Route, expect

from clients.models import TrafficLight
from tasks.models import WeeklyGoal, WeekNote
from tests.browser.week_agency import Week, make_week
from tests.services.processes import Service, answers, free_port
from tests.services.worker import ROOT, database_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DESK = {"width": 1440, "height": 900}
KEYS_TO_CLOSE, KEYS_TO_PLAN = 36, 13  # with a light for each client
DRAFTS = "Object.entries(localStorage).filter(([key]) => key.startsWith('draft:'))"
Status = WeeklyGoal.Status


@pytest.fixture
def week(transactional_db: None) -> Week:
    return make_week()


Visit = Callable[..., Page]


@pytest.fixture
def visit(week: Week, live_server: Any, browser: Browser) -> Iterator[Visit]:
    contexts = []

    def visit(address: str = live_server.url, who: str = "manager", **options: Any) -> Page:
        visitor = Visitor()
        visitor.force_login(week.cast.person(who), backend=BACKEND)
        context = browser.new_context(base_url=address, viewport=DESK, **options)
        contexts.append(context)
        session = visitor.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()


@dataclass
class Hands:
    """A keyboard that counts. Typed text is what the week is about; the rest should be little."""

    page: Page
    keys: list[str] = field(default_factory=list)
    characters: int = 0

    def press(self, key: str) -> None:
        self.keys.append(key)
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.characters += len(text)
        self.page.keyboard.type(text)


def all_is_saved(page: Page) -> None:
    """Nothing of this page waits in the browser any more."""
    deadline = time.monotonic() + 20
    while kept := page.evaluate(DRAFTS):
        assert time.monotonic() < deadline, kept
        page.wait_for_timeout(20)


def row(page: Page, client: Any) -> Locator:
    return page.locator(f"#row-{client.slug}")


def test_twelve_clients_are_closed_and_planned_with_keys_alone(
    visit: Visit, week: Week, capsys: pytest.CaptureFixture[str]
) -> None:
    page = visit()
    page.goto(week.address(week.to_close))
    hands, begun = Hands(page), time.monotonic()
    expect(page.locator(":focus")).to_have_text("Hit")
    promised = week.goals(week.to_close)
    lit = set()
    for number, goal in enumerate(promised):
        if goal.client_id not in lit:
            lit.add(goal.client_id)
            hands.press("1")
        if number % 6 == 5:
            hands.press("m")
            hands.type("Photos came late")
            hands.press("Enter")
        else:
            hands.press("h")
    all_is_saved(page)
    expect(page.locator("h1")).to_contain_text("are marked")
    closed = len(hands.keys)

    hands.press("Enter")  # the keyboard has come to "Plan week"
    page.wait_for_url(f"**{week.address(week.to_plan)}*")
    for number, client in enumerate(week.clients):
        field = row(page, client).locator("form[data-new] [name=text]")
        expect(field).to_be_focused()
        if not field.input_value():  # else what was not done is offered again: Enter sets it
            hands.type(f"Launch {number}")
        hands.press("Enter")
    all_is_saved(page)
    seconds = time.monotonic() - begun
    with capsys.disabled():
        sys.stdout.write(
            f"\n12 clients, {len(promised)} goals closed with {closed} keys, 12 planned with "
            f"{len(hands.keys) - closed} keys, {hands.characters} characters typed; "
            f"{seconds:.1f} s\n"
        )
    lights = TrafficLight.objects.filter(week_starts_on=week.to_close)
    assert lights.filter(color="green").count() == len(week.clients)
    assert closed <= KEYS_TO_CLOSE
    assert len(hands.keys) - closed <= KEYS_TO_PLAN
    marked = week.goals(week.to_close)
    assert [goal.status for goal in marked] == ["met", "met", "met", "met", "met", "missed"] * 3
    assert {goal.note for goal in marked if goal.status == Status.MISSED} == {"Photos came late"}
    planned = week.goals(week.to_plan)
    assert [goal.client for goal in planned] == week.clients
    assert all(goal.client_goal.client_id == goal.client_id for goal in planned)
    again = [goal.text for goal in marked if goal.status == Status.MISSED]
    assert sorted(again) == sorted(g.text for g in planned if not g.text.startswith("Launch"))


def test_keys_undo_a_mark_do_nothing_in_a_field_and_can_be_switched_off(
    visit: Visit, week: Week
) -> None:
    page = visit()
    page.goto(week.address(week.to_close))
    first = week.goals(week.to_close)[0]
    for key, status, version in (("h", Status.MET, 2), ("u", Status.OPEN, 3)):
        page.keyboard.press(key)
        all_is_saved(page)
        first.refresh_from_db()
        assert (first.status, first.version) == (status, version)
    assert first.closed_at is None
    page.keyboard.press("n")
    page.keyboard.type("hmu?")
    page.keyboard.press("Escape")
    expect(row(page, week.clients[0])).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Keys of My week")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Turn shortcuts off").click()
    page.keyboard.press("h")
    all_is_saved(page)
    assert WeekNote.objects.get().text == "hmu?"
    assert not WeeklyGoal.objects.exclude(status=Status.OPEN).exists()


def test_the_same_week_is_closed_and_planned_without_javascript(visit: Visit, week: Week) -> None:
    page = visit(java_script_enabled=False)
    page.goto(week.address(week.to_close))
    for client in week.clients:
        while (hit := row(page, client).get_by_role("button", name="Hit", exact=True)).count():
            with page.expect_navigation():  # or the next look finds a page that is going
                hit.first.click()
    last = row(page, week.clients[-1])
    last.get_by_role("button", name="Undo").last.click()
    last.get_by_role("button", name="Missed", exact=True).click()
    last.get_by_label("was missed").last.fill("Photos came late")
    last.get_by_role("button", name="Save").and_(page.locator(".reason:visible button")).click()
    expect(page.locator(".toast")).to_contain_text("Reason for Nettle & Co saved.")
    page.get_by_role("link", name="Plan week").click()
    for number, client in enumerate(week.clients):
        words = row(page, client).get_by_label(f"New goal for {client.name}")
        if not words.input_value():
            words.fill(f"Launch {number}")
        words.press("Enter")
    marked, planned = week.goals(week.to_close), week.goals(week.to_plan)
    assert [goal.status for goal in marked] == ["met"] * 17 + ["missed"]
    assert marked[-1].note == "Photos came late"
    assert [goal.text for goal in planned[:11]] == [f"Launch {n}" for n in range(11)]
    assert planned[11].text == marked[-1].text
    take_out = row(page, week.clients[0]).get_by_role("button", name="Take out")
    take_out.click()
    assert len(week.goals(week.to_plan)) == 11


class RealServer:
    """gunicorn as it runs in an agency, on the test's database; it dies and comes back."""

    def __init__(self, log: Path) -> None:
        self.port, self.log = free_port(), log
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        options = ["-b", f"127.0.0.1:{self.port}", "-w", "1", "--no-control-socket"]
        command = [sys.executable, "-m", "gunicorn", "godview.wsgi", *options]
        environment = {"DATABASE_URL": database_url(), "SECRET_KEY": os.environ["SECRET_KEY"]}
        self.service = Service(command, self.log, env=environment, cwd=ROOT)
        self.service.wait_until(lambda: answers(self.port), 60, "gunicorn")


@pytest.fixture
def server(week: Week, tmp_path: Path) -> Iterator[RealServer]:
    server = RealServer(tmp_path / "gunicorn.log")
    yield server
    server.service.stop()


@pytest.mark.services
def test_a_server_killed_while_typing_costs_no_keystroke(
    visit: Visit, week: Week, server: RealServer
) -> None:
    page = visit(server.address)
    first, second, third, *_ = week.clients
    page.goto(week.address(week.to_plan))
    goal = row(page, first).locator("form.plan [name=text]").first
    note = row(page, second).get_by_label(f"Note on {second.name}")
    goal.fill("")
    goal.press_sequentially("Rebuild call")
    expect(row(page, first)).to_contain_text("saved ")
    server.service.kill()
    goal.press_sequentially("-only ad groups", delay=20)
    note.press_sequentially("Owner is away until Friday", delay=20)
    expect(row(page, second)).to_contain_text("Not saved, next try in")
    expect(note).to_be_focused()
    note.press_sequentially(" noon")
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        page.reload()
    server.start()
    page.goto(week.address(week.to_plan))
    expect(page.locator("#week-kept")).to_contain_text("is back")
    expect(note).to_have_value("Owner is away until Friday noon")
    all_is_saved(page)
    assert WeekNote.objects.get().text == "Owner is away until Friday noon"
    assert [one.text for one in week.goals(week.to_plan)] == ["Rebuild call-only ad groups"]

    server.service.kill()
    third_note = row(page, third).get_by_label(f"Note on {third.name}")
    third_note.press_sequentially("Said while nobody listened")
    expect(row(page, third)).to_contain_text("Not saved")
    server.start()
    all_is_saved(page)  # by itself, without a reload
    expect(third_note).to_have_value("Said while nobody listened")
    assert WeekNote.objects.get(client=third).text == "Said while nobody listened"


def test_after_signing_in_again_in_another_window_a_retry_saves(visit: Visit, week: Week) -> None:
    manager = week.cast.person("manager")
    manager.set_password("a long enough word")
    manager.save()
    page, client = visit(), week.clients[0]
    page.goto(week.address(week.to_plan))
    Session.objects.all().delete()
    row(page, client).get_by_label(f"Note on {client.name}").fill("Owner is away")
    expect(row(page, client)).to_contain_text("You are signed out")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("[name=login]").fill(manager.email)
    other.locator("[name=password]").fill("a long enough word")
    other.get_by_role("button", name="Sign in").click()
    expect(other.locator("#week-form")).to_be_attached()
    row(page, client).get_by_role("button", name="Retry").click()
    all_is_saved(page)
    assert WeekNote.objects.get().text == "Owner is away"


def test_two_people_on_one_row_see_both_texts_and_one_chooses(visit: Visit, week: Week) -> None:
    mine, theirs = visit(), visit(who="leader")
    client = week.clients[0]
    address = f"{week.address(week.to_close)}&manager=manager"
    for page in (mine, theirs):
        page.goto(address)
    theirs_note = row(theirs, client).get_by_label(f"Note on {client.name}")
    theirs_note.fill("Theirs")
    all_is_saved(theirs)
    note = row(mine, client).get_by_label(f"Note on {client.name}")
    note.fill("Mine")
    expect(row(mine, client)).to_contain_text("Saved meanwhile: “Theirs”. Yours: “Mine”.")
    assert WeekNote.objects.get().text == "Theirs"
    note.press_sequentially(", and more")
    expect(row(mine, client).get_by_role("button", name="Take theirs")).to_be_visible()
    row(mine, client).get_by_role("button", name="Keep mine").click()
    all_is_saved(mine)
    assert WeekNote.objects.get().text == "Mine, and more"
    theirs_note.fill("Theirs again")
    row(theirs, client).get_by_role("button", name="Take theirs").click()
    expect(theirs_note).to_have_value("Mine, and more")
    assert WeekNote.objects.get().text == "Mine, and more"
    goal = week.goals(week.to_close)[0]
    theirs.keyboard.press("Escape")
    row(theirs, client).get_by_role("button", name="Missed", exact=True).click()
    all_is_saved(theirs)
    mine.keyboard.press("Escape")
    for key in ("h", "u"):
        mine.keyboard.press(key)
        expect(row(mine, client)).to_contain_text("is Missed. Yours: Hit.")
    row(mine, client).get_by_role("button", name="Keep mine").click()
    all_is_saved(mine)
    goal.refresh_from_db()
    assert goal.status == Status.OPEN


def test_what_is_undecided_stays_so_whatever_else_is_saved_of_the_goal(
    visit: Visit, week: Week
) -> None:
    mine, theirs = visit(), visit(who="leader")
    goal = week.goals(week.to_close)[0]
    WeeklyGoal.objects.filter(pk=goal.pk).update(status=Status.MISSED)
    for page in (mine, theirs):
        page.goto(f"{week.address(week.to_close)}&manager=manager")
    here, there = (page.locator(f"[data-goal='{goal.pk}']") for page in (mine, theirs))
    there.locator(".reason [name=note]").fill("Theirs")
    all_is_saved(theirs)
    here.locator(".reason [name=note]").fill("Mine")
    both = "Saved meanwhile: “Theirs”. Yours: “Mine”."
    expect(here).to_contain_text(both)
    here.locator(".undo").click()
    expect(here).to_contain_text("is Missed. Yours: Open.")
    expect(here).to_contain_text(both)
    here.get_by_role("button", name="Keep mine").first.click()  # of the mark
    expect(here).to_contain_text("saved ")
    expect(here).to_contain_text(both)
    mine.reload()
    expect(here).to_contain_text(both)
    goal.refresh_from_db()
    assert (goal.status, goal.note) == (Status.OPEN, "Theirs")


def test_one_field_that_the_server_cannot_take_does_not_stop_the_others(
    visit: Visit, week: Week
) -> None:
    page = visit()
    page.goto(week.address(week.to_plan))
    first, second, third, *_ = week.clients
    page.route(f"**/{first.slug}/note/**", lambda route: route.fulfill(status=500))
    page.route(f"**/{second.slug}/note/**", lambda route: route.fulfill(status=429))
    notes = [row(page, client).get_by_label("Note on") for client in (first, second, third)]
    for note in notes:
        note.press_sequentially("Owner is away")
    expect(row(page, third)).to_contain_text("saved ")
    assert WeekNote.objects.get().client == third
    for client in (first, second):
        expect(row(page, client)).to_contain_text("Not saved, next try in")
    page.unroute_all()
    all_is_saved(page)
    assert WeekNote.objects.filter(text="Owner is away").count() == 3


@pytest.mark.parametrize("refused", [False, True])
def test_a_field_emptied_while_it_is_being_sent_does_not_stop_the_others(
    visit: Visit, week: Week, refused: bool
) -> None:
    page = visit()
    page.goto(week.address(week.to_plan))
    first, second, *_ = week.clients
    sent: list[Route] = []
    page.route(f"**/{first.slug}/goals/**", lambda route: sent.append(route))
    text = row(page, first).locator("form.plan [name=text]").first
    text.fill("Launch the price page")
    with page.expect_request(f"**/{first.slug}/goals/**"):
        text.blur()
    text.fill("")
    note = row(page, second).get_by_label("Note on")
    note.fill("Owner is away")
    note.blur()
    page.wait_for_timeout(100)  # its turn comes, and it waits for the one under way
    if refused:
        sent[0].fulfill(status=422, json={"reasons": ["No."]})
    else:
        sent[0].continue_()
    expect(row(page, second)).to_contain_text("saved ")
    expect(row(page, first)).to_contain_text("" if refused else "Not saved: say what will be done")
    page.unroute_all()
    text.fill("Launch the shop")
    all_is_saved(page)
    assert [goal.text for goal in week.goals(week.to_plan)] == ["Launch the shop"]
    expect(row(page, first)).to_contain_text("saved ")


def test_drafts_are_for_their_writer_alone_and_go_at_sign_out(visit: Visit, week: Week) -> None:
    page = visit()
    page.goto(week.address(week.to_close))
    page.route("**/note/**", lambda route: route.abort())
    client = week.clients[0]
    row(page, client).get_by_label(f"Note on {client.name}").fill("Not for other eyes")
    expect(row(page, client)).to_contain_text("Not saved")
    visitor = Visitor()
    visitor.force_login(week.cast.leader, backend=BACKEND)
    address = page.url
    mine = page.context.cookies()
    page.context.add_cookies(
        [{"name": "sessionid", "value": visitor.cookies["sessionid"].value, "url": address}]
    )
    page.goto(f"{week.address(week.to_close)}&manager=manager")
    expect(row(page, client)).to_be_visible()
    assert "Not for other eyes" not in page.content()
    page.context.add_cookies(mine)
    page.goto(week.address(week.to_close))
    expect(row(page, client).get_by_label("Note on")).to_have_value("Not for other eyes")
    page.locator(".account summary").click()
    page.locator(".account").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate(DRAFTS) == []


def test_a_red_light_asks_for_a_note_and_says_until_then_that_it_is_missing(
    visit: Visit, week: Week
) -> None:
    page = visit()
    page.goto(week.address(week.to_close))
    first, second, *_ = week.clients
    here = row(page, first)
    page.keyboard.press("3")
    expect(here.get_by_label("is red")).to_be_focused()
    expect(here).to_contain_text("note missing")
    all_is_saved(page)
    expect(page.locator("#week-counts")).to_contain_text("1 of 12 lights set, 1 note missing")
    page.keyboard.type("Form broke on Tuesday")
    expect(here.locator(".lacks")).to_be_hidden()
    page.keyboard.press("Enter")
    all_is_saved(page)
    expect(page.locator("#week-counts")).to_contain_text("1 of 12 lights set")
    row(page, second).get_by_label("Yellow").check(force=True)
    all_is_saved(page)
    page.reload()
    expect(here.get_by_label("is red")).to_have_value("Form broke on Tuesday")
    told = TrafficLight.objects.as_they_stand().order_by("client__name")
    assert {(light.client, light.color, light.note) for light in told} == {
        (first, "red", "Form broke on Tuesday"),
        (second, "yellow", ""),
    }
    assert TrafficLight.objects.filter(client=first).count() == 2, "marking again adds a row"
