import re
from html import unescape
from io import BytesIO

import pytest
from django.test import Client as Browser

from clients.models import User

pytestmark = pytest.mark.django_db
PAGE = {"accept": "text/html", "origin": "http://testserver"}
TYPED = {"language": "ko", "note": 'two\nlines, "quoted"', "pod": ["north", "south"]}
NEEDS_SOMEBODY = "/settings/keys/"


@pytest.fixture
def person() -> User:
    return User.objects.create_user("jan@example.com", "x")


@pytest.fixture
def browser(person) -> Browser:
    """Signed in, with our cookie."""
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(person)
    browser.get("/accounts/password/change/")
    return browser


def kept(response) -> list[tuple[str, str]]:
    fields = re.findall(
        r'<input type="hidden" name="(\w+)" value="(.*?)">', response.content.decode(), re.DOTALL
    )
    return [(n, unescape(v)) for n, v in fields if n not in {"csrfmiddlewaretoken", "next"}]


def test_a_form_of_nobody_keeps_its_fields_to_be_sent_again(db):
    response = Browser().post(NEEDS_SOMEBODY, TYPED, headers=PAGE)
    assert response.status_code == 401
    assert b"You were signed out meanwhile" in response.content
    typed = [("language", "ko"), ("note", TYPED["note"]), ("pod", "north"), ("pod", "south")]
    assert [field for field in kept(response) if field in typed] == typed
    assert f'action="{NEEDS_SOMEBODY}"'.encode() in response.content


def test_signing_in_leads_back_to_the_page_where_the_form_stood(db):
    stood = {"referer": "http://testserver/clients/acme/"}
    response = Browser().post(NEEDS_SOMEBODY, TYPED, headers={**PAGE, **stood})
    assert b"/accounts/login/?next=http%3A%2F%2Ftestserver%2Fclients%2Facme%2F" in response.content


@pytest.mark.parametrize(
    "strange",
    ["https://elsewhere.example/", "//elsewhere.example", "javascript:elsewhere", "https://["],
)
def test_signing_in_leads_to_no_other_site(db, strange):
    response = Browser().post(NEEDS_SOMEBODY, TYPED, headers={**PAGE, "referer": strange})
    assert response.status_code == 401
    assert b"elsewhere" not in response.content


def test_a_page_opened_before_the_sign_in_is_sent_again_with_a_new_token(person, browser):
    old = {"single_keys": "off", "csrfmiddlewaretoken": "x" * 64}
    refused = browser.post(NEEDS_SOMEBODY, old, headers=PAGE)
    assert refused.status_code == 403
    assert b"Somebody signed in after this page was opened" in refused.content
    token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', refused.content)[1].decode()
    again = {**dict(kept(refused)), "csrfmiddlewaretoken": token}
    assert browser.post(NEEDS_SOMEBODY, again, headers=PAGE).status_code == 302
    person.refresh_from_db()
    assert not person.single_keys


@pytest.mark.parametrize(
    ("address", "field"),
    [("/connect/asana/token/", "token"), ("/connect/asana/allow/", "client_secret")],
)
def test_a_secret_is_never_shown_again(db, address, field):
    refused = Browser().post(address, {field: "2/very-secret"}, headers=PAGE)
    assert refused.status_code in {302, 401}
    assert b"very-secret" not in refused.content


def test_what_was_typed_stays_text(db):
    typed = {'"><script>alert(1)</script>': '"><script>alert(2)</script>', "long": "x" * 1_000_000}
    response = Browser().post(NEEDS_SOMEBODY, typed, headers=PAGE)
    assert response.status_code == 401
    assert b"<script>alert" not in response.content


def test_a_file_cannot_be_sent_again(db):
    sheet = BytesIO(b"client\nC1\n")
    refused = Browser().post("/import/", {"kind": "clients", "file": sheet}, headers=PAGE)
    assert b"Send it now" not in refused.content


def test_one_button_is_sent_again_too(browser):
    refused = browser.post("/accounts/logout/", {}, headers=PAGE)
    assert b"Send it now" in refused.content
    assert b"What you typed" not in refused.content
    assert "no-store" in refused["Cache-Control"]


def test_a_form_of_the_admin_is_kept_too(db):
    response = Browser().post("/admin/clients/client/add/", {"name": "Acme"}, headers=PAGE)
    assert response.status_code == 401
    assert ("name", "Acme") in kept(response)


def test_a_browser_without_cookies_is_told_so(person):
    browser = Browser(enforce_csrf_checks=True)
    told = {"login": person.email, "password": "a secret word"}
    assert (
        b"did not send our cookie" in browser.post("/accounts/login/", told, headers=PAGE).content
    )


def test_a_browser_that_lost_its_cookies_keeps_what_was_typed(db):
    refused = Browser(enforce_csrf_checks=True).post(NEEDS_SOMEBODY, TYPED, headers=PAGE)
    assert b"did not send our cookie" in refused.content
    assert ("note", TYPED["note"]) in kept(refused)
    assert refused.cookies["csrftoken"].value, "so it can be sent again"


def test_an_address_that_we_do_not_know_for_ours_is_named_and_what_to_set(browser):
    behind_a_proxy = {"accept": "text/html", "origin": "https://testserver"}
    refused = browser.post(NEEDS_SOMEBODY, {"single_keys": "off"}, headers=behind_a_proxy)
    assert b"from another address than testserver" in refused.content
    assert b"BEHIND_PROXY" in refused.content
    assert b"Somebody signed in" not in refused.content


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_what_another_site_sends_is_not_offered_for_sending_again(browser, origin):
    strange = {"accept": "text/html", "origin": origin}
    refused = browser.post(NEEDS_SOMEBODY, {"single_keys": "off"}, headers=strange)
    assert refused.status_code == 403
    assert "single_keys" not in dict(kept(refused))
    assert b"Send it now" not in refused.content


def test_a_password_is_never_shown_again(person):
    browser = Browser(enforce_csrf_checks=True)
    told = {"login": person.email, "password": "a secret word"}
    refused = browser.post("/accounts/login/", told, headers=PAGE)
    assert refused.status_code == 403
    assert b"a secret word" not in refused.content


def test_a_script_learns_the_new_token_and_that_nobody_is_signed_in(person, browser):
    told = {"single_keys": "off"}
    refused = browser.post(NEEDS_SOMEBODY, told, headers={"accept": "application/json"})
    token = refused["X-CSRFToken"]
    assert refused["X-User"] == str(person.pk)  # whose it is: nobody sends another one's words
    headers = {"x-csrftoken": token, "accept": "application/json"}
    assert browser.post(NEEDS_SOMEBODY, told, headers=headers).status_code == 204
    assert Browser().get("/", headers={"hx-request": "true"}).status_code == 401


def test_a_page_that_nobody_may_read_still_leads_to_the_sign_in(db):
    assert Browser().get("/clients/", headers=PAGE).status_code == 302
    assert Browser().post(NEEDS_SOMEBODY, TYPED).status_code == 302


def test_who_signs_out_is_led_to_the_sign_in(person):
    browser = Browser()
    browser.force_login(person)
    assert browser.post("/accounts/logout/", headers=PAGE).status_code == 302
