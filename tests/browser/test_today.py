import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def number(page, label):
    return page.locator(".tiles a", has_text=label).locator(".value").inner_text()


@pytest.mark.parametrize("language", ["en", "es", "ru", "pl", "ko"])
def test_today_fits_one_screen_in_every_language(visit, language):
    page = visit(size=DESK, locale=language).open("/")
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.scrollHeight") <= 900


def test_the_map_changes_its_colours_without_a_new_page(visit):
    page = visit().open("/")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Contact", exact=True).click()
    expect(page.locator("#client-map")).to_contain_text("Over 10 days")
    assert page.evaluate("window.stayed")
    assert page.url.endswith("?marks=contact")
    page.go_back()
    expect(page.locator("#client-map")).to_contain_text("Off pace")


def test_the_map_is_one_stop_of_the_tab_key_per_pod_and_arrows_move_inside(visit):
    page = visit().open("/")
    first = page.locator(".marks").first
    assert first.locator("a[tabindex='0']").count() == 1
    first.locator("a").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.title") == first.locator("a").nth(1).get_attribute(
        "title"
    )


def test_a_number_leads_to_its_rows(visit):
    page = visit().open("/")
    entry = page.locator("#client-map .key", has_text="Off pace")
    count = int(re.search(r"\d+", entry.inner_text()).group())
    entry.click()
    expect(page.locator("tbody tr")).to_have_count(count)


def test_logging_a_contact_changes_the_numbers(visit):
    seen = visit(who="manager")
    page = seen.open("/?marks=contact")
    before = number(page, "Days since contact")
    assert "2 over 10 days" in page.locator(".tiles").inner_text()
    page = seen.open("/clients/acme/")
    page.evaluate("window.stayed = true")
    page.locator("summary", has_text="Log contact").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_contain_text("Contact logged with Acme")
    expect(page.locator("#why")).to_contain_text("= 0 days")
    assert page.evaluate("window.stayed"), "the page must not load again"
    page = seen.open("/?marks=contact")
    assert "1 over 10 days" in page.locator(".tiles").inner_text()
    assert float(number(page, "Days since contact")[:-1]) < float(before[:-1])
    assert seen.troubles == []


def test_everything_works_without_javascript(visit):
    seen = visit(who="manager", java_script_enabled=False)
    page = seen.page
    page.goto("/")
    page.get_by_role("link", name="Contact", exact=True).click()
    expect(page.locator("#client-map")).to_contain_text("Over 10 days")
    page.goto("/clients/")
    page.get_by_label("Pace").select_option("off")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("h1")).to_contain_text("of 4")
    page.get_by_role("link", name="Acme").click()
    page.locator("summary", has_text="Log contact").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#why")).to_contain_text("= 0 days")
    page.get_by_label("Today's value of Leads").fill("177")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#goals")).to_contain_text("now 177")


def test_the_door_works_by_keyboard_alone(visit):
    page = visit(who="").open("/clients/")
    page.keyboard.press("Tab")
    page.get_by_label("Email").fill("manager@agency.example")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_label("Email").input_value() == "manager@agency.example"


def test_the_skip_link_comes_first_and_leads_to_the_page(visit):
    page = visit().open("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the page")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_theme_changes_at_once_and_is_there_on_the_next_page(visit):
    seen = visit(color_scheme="light")
    page = seen.open("/")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    for _ in range(2):  # as the system says, light, dark
        page.locator(".top [data-theme-form] button").click()
    assert page.evaluate(background) != light
    seen.settle()
    dark = seen.open("/clients/")
    assert dark.locator("html").get_attribute("data-theme") == "dark"
    assert seen.troubles == []


def test_on_a_phone_every_page_is_within_reach(visit):
    page = visit(size=(390, 844)).open("/")
    page.locator(".phonebar summary").click()
    page.get_by_role("link", name="Pods and people").click()
    expect(page).to_have_url(re.compile("/pods/"))
