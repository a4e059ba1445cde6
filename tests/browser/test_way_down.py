"""From the agency down to one task, and back; why a client is red, reckoned again by hand."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from clients.models import ClientGoal
from tasks.models import WeeklyGoal
from tests.factories.asana import MembershipFactory, TaskFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def goal(agency):
    """The 90-day goal of Acme, which this week's goal serves with a task of Asana."""
    goal = ClientGoal.objects.get(client=agency.client_a)
    task = TaskFactory(name="Draw the landing page")
    MembershipFactory(task=task, project__client=agency.client_a)
    weekly = WeeklyGoal.objects.filter(client=agency.client_a, status="open").first()
    weekly.task, weekly.client_goal = task, goal
    weekly.save()
    return goal


def test_from_the_agency_down_to_a_task_is_one_click_each(visit, agency, goal):
    seen = visit(who="leader")
    page = seen.open("/")
    steps = (
        ("[aria-labelledby=h-departments] li > a", agency.department_a.name, "scope=department"),
        ("[aria-labelledby=h-departments] li > a", agency.pod_a.name, "scope=pod"),
        ("[aria-labelledby=h-managers] li > a", "Manager", "scope=manager"),
        ("#client-map .marks a[title^='Acme']", "", "/clients/acme/"),
        ("#goals a", "Leads", f"/clients/acme/goals/{goal.pk}/"),
        ("#weekly a", "Task", "/tasks/"),
    )
    addresses = [page.url]
    for place, words, address in steps:
        page.locator(place).filter(has_text=re.compile(f"^{words}")).first.click()
        expect(page).to_have_url(re.compile(re.escape(address)))
        seen.settle()
        addresses.append(page.url)
    expect(page.locator("h1")).to_have_text("Draw the landing page")
    for address in reversed(addresses[:-1]):
        page.go_back()
        expect(page).to_have_url(address)
    assert seen.troubles == []


def test_back_restores_the_filters_and_the_place(visit):
    seen = visit(who="leader", size=(1440, 300))
    page = seen.open("/clients/")
    page.get_by_label("Pace").select_option("off")
    page.wait_for_url("**pace=off**")
    seen.settle()
    last = page.locator("tbody th a").last
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    filtered, place = page.url, page.evaluate("scrollY")
    assert place > 0
    last.click()
    page.wait_for_url("**/clients/*/")
    page.go_back()
    expect(page).to_have_url(filtered)
    expect(page.get_by_label("Pace")).to_have_value("off")
    page.wait_for_function(f"Math.abs(scrollY - {place}) < 2")


def test_why_it_is_red_comes_out_the_same_by_hand(visit, goal):
    page = visit(who="leader").open("/clients/acme/")
    said = page.locator("#why tr", has_text="90-day pace").inner_text()
    progress, expected, pace = map(
        float, re.search(r"(\d+)% ÷ (\d+)% expected = ([\d.]+)", said).groups()
    )
    now = goal.readings.latest("read_on").value
    done = float((now - goal.baseline) / (goal.target - goal.baseline))
    read_on = goal.readings.latest("read_on").read_on
    gone = (read_on - goal.starts_on).days / (goal.ends_on - goal.starts_on).days
    by_hand = done / gone
    assert round(100 * done) == progress
    assert round(100 * gone) == expected
    assert round(by_hand, 2) == pace < 0.8
    contact = page.locator("#why tr", has_text="Days since contact").inner_text()
    assert "= 12 days" in contact
    assert f"{timezone.localdate():%-d %b}" in contact
