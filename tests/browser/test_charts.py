import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_chart_is_drawn_under_the_strict_policy_and_sends_nothing_away(visit):
    seen = visit()
    page = seen.open("/clients/acme/")
    expect(page.locator(".chart .main-svg").first).to_be_visible()
    assert page.locator(".modebar").count() == 0
    assert "ends" not in page.locator(".chart").inner_text()
    assert seen.troubles == []


def test_a_chart_takes_the_colours_of_the_theme(visit):
    page = visit(color_scheme="light").open("/clients/acme/")
    line = page.locator(".chart .scatterlayer .js-line").last
    expect(line).to_be_visible()
    light = line.evaluate("e => e.style.stroke")
    for _ in range(2):
        page.locator(".top [data-theme-form] button").click()
    expect(page.locator(".chart .scatterlayer .js-line").last).not_to_have_css("stroke", light)


def test_the_months_of_a_chart_are_those_of_the_language(visit):
    seen = visit(locale="ru-RU")
    page = seen.open("/clients/acme/")
    expect(page.locator(".chart .xtick text").first).to_be_visible()
    told = " ".join(page.locator(".chart .xtick text").all_text_contents())
    assert re.search("[а-я]{3}", told)
    assert not re.search("[A-Za-z]", told)
    assert seen.troubles == []


def test_the_table_of_a_chart_is_there_without_javascript(visit):
    page = visit(java_script_enabled=False).page
    page.goto("/clients/acme/")
    page.locator("#goals summary").click()
    assert page.locator("#goals tbody tr").count() == 8
