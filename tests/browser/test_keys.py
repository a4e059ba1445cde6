"""What is quick to the hand: the palette, keys alone, and the drawer that says why."""

import pytest
from playwright.sync_api import expect

from clients.models import Touchpoint, User
from tests.factories.clients import ClientFactory, EngagementFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ctrl_k_finds_a_client_by_three_letters_in_any_script(visit, axe):
    for name, slug in (("Ярославль Строй", "yaroslavl"), ("한빛 치과", "hanbit")):
        EngagementFactory(client=ClientFactory(name=name, slug=slug))
    seen = visit(who="leader")
    page = seen.open("/clients/")
    search = page.get_by_role("combobox", name="Client, person, goal or page")
    page.locator("main a").first.focus()
    was = page.evaluate("document.activeElement.href")
    page.keyboard.press("Control+k")
    expect(search).to_be_focused()
    for typed, name in (("Zen", "Zenith"), ("яро", "Ярославль Строй"), ("한빛", "한빛 치과")):
        search.fill(typed)
        expect(page.get_by_role("option", name=name, exact=True)).to_have_attribute(
            "aria-selected", "true"
        )
    search.fill("acm")
    expect(page.get_by_role("option").filter(has_text="Log contact with Acme")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.href") == was
    page.keyboard.press("/")
    page.keyboard.type("acme")
    expect(page.get_by_role("option", name="Acme", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/acme/")
    assert seen.troubles == []


def test_single_keys_move_and_go_but_never_inside_a_field_and_can_be_switched_off(visit):
    seen = visit(who="leader")
    page = seen.open("/clients/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.here")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/*/")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url(lambda url: url.count("/") == 3)
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys of this page")
    expect(sheet).to_contain_text("My week")
    sheet.get_by_role("button", name="Turn shortcuts off").click()
    expect(sheet.get_by_role("button", name="Turn shortcuts on")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(sheet).to_be_hidden()
    seen.open("/attention/")
    page.keyboard.press("j")
    expect(page.locator("li.here")).to_have_count(0)
    assert not User.objects.get(staff__role="leadership").single_keys
    page.keyboard.press("Control+k")
    page.keyboard.type("gt?j")
    palette = page.get_by_role("dialog", name="Go to client, person, page")
    expect(palette.get_by_role("combobox")).to_have_value("gt?j")
    assert seen.troubles == []


def test_why_opens_beside_the_page_and_gives_the_focus_back(visit, axe):
    seen = visit(who="leader")
    page = seen.open("/")
    tile = page.locator(".tiles a[href*='/why/']").first
    tile.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="Why this number?")
    expect(drawer.get_by_role("heading", level=2).first).to_be_focused()
    assert drawer.bounding_box()["width"] == 480
    assert "/why/" in page.url, "its own address: a reload shows the page"
    expect(drawer.get_by_role("link", name="Open as page")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(tile).to_be_focused()
    page.wait_for_url(lambda url: "/why/" not in url)
    tile.click()
    drawer.get_by_role("link", name="Month", exact=True).click()
    expect(drawer.locator("[aria-current=true]").first).to_have_text("Month")
    page.go_back()
    page.go_back()
    expect(drawer).to_be_hidden()
    page.go_forward()
    expect(drawer.get_by_role("heading", level=2).first).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert seen.troubles == []


def test_without_javascript_why_and_search_are_pages(visit):
    seen = visit(who="leader", java_script_enabled=False)
    page = seen.open("/")
    page.locator(".tiles a[href*='/why/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("searchbox", name="Go to client, person, page").fill("acme")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Acme", exact=True).first.click()
    page.wait_for_url("**/clients/acme/")


def test_undo_of_a_toast_works_by_key_and_takes_no_focus_and_stays_while_it_is_used(visit):
    seen = visit(who="leader")
    page = seen.open("/clients/acme/")
    before = Touchpoint.objects.count()
    page.clock.install()
    page.goto("/clients/acme/contact/")
    page.get_by_role("button", name="Save").click()
    toast = page.locator(".toast")
    expect(toast).to_contain_text("Contact logged with Acme.")
    assert page.evaluate("document.activeElement === document.body")
    assert Touchpoint.objects.count() == before + 1
    toast.get_by_role("button", name="Undo").focus()
    page.clock.run_for(15_000)
    expect(toast).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("Contact with Acme taken back.")
    assert Touchpoint.objects.count() == before
    page.clock.run_for(15_000)
    expect(page.locator(".toast")).to_have_count(0)
    assert seen.troubles == []
