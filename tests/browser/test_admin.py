"""The admin and the API's documentation in a real Chromium, under the policy of the pages."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import Client, Fee, Staff, Touchpoint
from tasks.models import WeeklyGoal
from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VARIED = (Client, Fee, Touchpoint, WeeklyGoal)
MISSING = "the server responded with a status of 40"  # what one may not add answers 403


def pages_of(model) -> list[str]:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    pages = [reverse(f"{name}_{page}") for page in ("changelist", "add", "export")]
    row = model._default_manager.first()
    return pages + [reverse(f"{name}_{page}", args=[row.pk]) for page in ROW_PAGES if row]


ROW_PAGES = ("change", "history", "delete")


def test_no_page_of_the_admin_breaks_the_policy(visit):
    """A few kinds with every sort of field; tests/godview/test_admin.py reads all the others."""
    seen = visit()
    walked = [reverse("admin:index"), *(page for model in VARIED for page in pages_of(model))]
    for page in walked:
        seen.open(page)
        assert [t for t in seen.troubles if MISSING not in t] == [], page
    assert len(walked) >= 16


def test_the_admin_is_entered_where_everybody_signs_in(visit, agency):
    agency.leader.set_password("a long enough word")
    agency.leader.save()
    seen = visit(who="")
    page = seen.open("/admin/clients/client/")
    page.get_by_label("Email").fill(agency.leader.email)
    page.get_by_label("Password", exact=True).fill("a long enough word")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Select client to change")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert seen.troubles == []


def test_a_fee_is_added_by_searching_for_the_client(visit):
    seen = visit("leader")
    page = seen.open("/admin/clients/fee/add/")
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill("acm")
    page.locator(".select2-results__option", has_text="Acme").click()
    page.get_by_label("Service").fill("SEO")
    page.get_by_role("link", name="Today").first.click()
    page.get_by_label("Amount").fill("1200")
    page.get_by_label("Currency").fill("EUR")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("was added successfully")
    assert seen.troubles == []


def test_clients_are_handed_over_together(visit, agency):
    seen = visit("leader")
    page = seen.open("/admin/clients/client/")
    page.get_by_label("Select this object for an action - Acme").check()
    page.get_by_label("Action:").select_option(label="Hand over to a pod or manager …")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Pod:").select_option(label="Basalt")
    page.get_by_role("button", name="Hand over").click()
    expect(page.locator(".messagelist")).to_contain_text("1 handed over")
    row = page.locator("#result_list tr", has_text="Acme")
    expect(row).to_contain_text("Basalt")
    assert seen.troubles == []


def test_the_chosen_theme_holds_in_the_admin(visit):
    seen = visit("leader", color_scheme="light")
    seen.page.context.add_cookies([{"name": "theme", "value": "dark", "url": seen.host}])
    page = seen.open("/admin/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(20, 29, 26)"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=str)
def test_everybody_can_use_the_main_pages_of_the_admin(visit, axe, size, scheme):
    seen = visit(size=size, color_scheme=scheme)
    staff = Staff.objects.first()
    pages = ["/admin/", "/admin/clients/client/", f"/admin/clients/staff/{staff.pk}/change/"]
    found = {}
    for page in pages:
        found[page] = [finding for finding in axe(seen.open(page)) if "color-contrast" in finding]
    assert {page: findings for page, findings in found.items() if findings} == {}


def test_the_documentation_of_the_api_is_read_and_tried_under_the_policy(visit):
    seen = visit("leader")
    page = seen.open("/api/docs/")
    expect(page.get_by_role("heading", name="God View API")).to_be_visible()
    page.locator("#operations-tag-clients button").first.click()
    block = page.locator("#operations-clients-clients_list")
    block.locator("button").first.click()
    block.get_by_role("button", name="Try it out").click()
    block.get_by_role("button", name="Execute").click()
    expect(block.locator(".live-responses-table td.response-col_status").last).to_contain_text(
        "200"
    )
    expect(block.locator(".live-responses-table")).to_contain_text("Acme")
    assert seen.troubles == []


def test_a_token_is_made_and_shown_once_and_revoked(visit):
    seen = visit("manager")
    page = seen.open("/settings/api-tokens/")
    page.get_by_label("Name").fill("phone system")
    page.get_by_role("button", name="Make the token").click()
    words = page.get_by_label("Authorization: Token").input_value()
    assert words.startswith("gv_")
    assert words not in seen.open("/settings/api-tokens/").content()
    page.get_by_role("button", name="Revoke phone system").click()
    expect(page.get_by_text("No tokens yet")).to_be_visible()
    assert seen.troubles == []
