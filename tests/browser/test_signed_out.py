"""A session that ends under an open page: it is said, and what was typed is still sent."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from clients.models import User
from tasks.models import Decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long enough word"


@pytest.fixture
def leader(agency: Any) -> User:
    agency.leader.set_password(PASSWORD)
    agency.leader.save()
    return agency.leader


def sign_in(page: Page, person: User) -> None:
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_form_is_sent_after_signing_in_in_another_window(visit, leader):
    page = visit(who="leader").open("/clients/acme/contact/")
    page.get_by_label("Note").fill("The owner asks for calls from roofers")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Not saved yet")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in in another window").click()
    sign_in(opened.value, leader)
    expect(opened.value.locator("h1")).to_be_visible()
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("h1")).to_have_text("Not saved yet")  # the token is of the sign-in before
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("main")).to_contain_text("The owner asks for calls from roofers")


def test_a_part_of_a_page_says_that_nobody_is_signed_in_or_that_nobody_answers(visit, leader):
    page = visit(who="leader").open("/attention/")
    page.get_by_role("link", name="Assign", exact=True).first.click()
    page.get_by_label("Next action").fill("Call the owner")
    page.route("**/attention/**", lambda route: route.abort())
    page.get_by_role("button", name="Assign").click()
    toast = page.locator("[data-trouble]")
    expect(toast).to_contain_text("Not saved: no answer from God View")
    page.unroute("**/attention/**")
    Session.objects.all().delete()
    page.get_by_role("button", name="Assign").click()
    expect(toast).to_contain_text("You are signed out")
    expect(page.get_by_label("Next action")).to_have_value("Call the owner")
    with page.expect_popup() as opened:
        toast.get_by_role("link", name="Sign in").click()
    sign_in(opened.value, leader)
    expect(opened.value).to_have_url(page.url)
    page.get_by_role("button", name="Assign").click()
    expect(toast).to_contain_text("Once more, please")
    page.get_by_role("button", name="Assign").click()
    expect(page.locator(".toast")).to_contain_text("assigned")
    expect(toast).to_have_count(0)


def test_a_growth_review_says_that_one_is_signed_out_and_goes_on_after_signing_in(visit, leader):
    page = visit(who="leader").open("/meetings/")
    page.get_by_role("button", name="Begin").first.click()
    text = page.locator("#decision [name=text]")
    expect(text).to_be_visible()
    Session.objects.all().delete()
    page.locator("[value=pivot]").check()
    text.fill("Phone the owner today")
    toast = page.locator("[data-trouble]")
    expect(toast).to_contain_text("You are signed out")
    with page.expect_popup() as opened:
        toast.get_by_role("link", name="Sign in").click()
    sign_in(opened.value, leader)
    expect(opened.value.locator("#decision")).to_be_visible()
    opened.value.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # as when one comes back to it
    expect(toast).to_have_count(0, timeout=15_000)
    assert Decision.objects.get().text == "Phone the owner today"


def test_what_was_not_saved_stays_said_when_something_else_cannot_be_loaded(visit, leader):
    page = visit(who="leader").open("/attention/")
    page.get_by_role("link", name="Assign", exact=True).first.click()
    page.get_by_label("Next action").fill("Call the owner")
    page.route("**/attention/**", lambda route: route.abort())
    page.get_by_role("button", name="Assign").click()
    not_saved = page.locator("[data-trouble=post]")
    expect(not_saved).to_contain_text("Not saved")
    page.evaluate("htmx.ajax('GET', '/attention/', {target: '#main'}).catch(() => {})")
    expect(page.locator("[data-trouble=get]")).to_contain_text("No answer")
    expect(not_saved).to_be_visible()
    not_saved.get_by_role("button", name="Close").click()
    expect(not_saved).to_have_count(0)
