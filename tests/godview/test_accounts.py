import re

import pytest
from django.test import Client as Browser

from clients.models import User
from tests.factories.clients import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
NEW_PASSWORD = "staple stapler stapled"


@pytest.fixture
def person() -> User:
    return UserFactory(email="ana@agency.example")


def sign_in(email="ana@agency.example", password=PASSWORD, **more):
    browser = Browser()
    response = browser.post("/accounts/login/", {"login": email, "password": password, **more})
    return browser, response


def test_a_person_signs_in_by_e_mail_and_lands_on_today(person):
    _, response = sign_in("Ana@agency.example")
    assert (response.status_code, response.url) == (302, "/")


def test_the_page_that_was_asked_for_comes_after_signing_in(person):
    browser = Browser()
    asked = browser.get("/clients/?pace=off")
    assert asked.url.startswith("/accounts/login/?next=")
    response = browser.post(asked.url, {"login": person.email, "password": PASSWORD})
    assert response.url == "/clients/?pace=off"


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(person):
    _, wrong = sign_in(password="wrong")
    _, unknown = sign_in(email="nobody@agency.example")

    def said(response):
        return re.findall(r'class="banner bad".*?</p>', response.content.decode(), re.DOTALL)

    assert said(wrong) == said(unknown) != []


def test_nobody_signs_up():
    browser = Browser()
    page = browser.get("/accounts/signup/")
    assert b"Nobody signs up here" in page.content
    data = {"email": "new@agency.example", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    browser.post("/accounts/signup/", data)
    assert not User.objects.filter(email="new@agency.example").exists()


def test_looking_at_sign_out_does_not_sign_out(person):
    browser, _ = sign_in()
    browser.get("/accounts/logout/")
    assert browser.get("/accounts/password/change/").status_code == 200
    browser.post("/accounts/logout/")
    assert browser.get("/accounts/password/change/").status_code == 302


def test_a_password_is_changed_with_the_old_one(person):
    browser, _ = sign_in()
    new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    refused = browser.post("/accounts/password/change/", {"oldpassword": "wrong", **new})
    assert b"current password" in refused.content
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})
    assert sign_in(password=NEW_PASSWORD)[1].status_code == 302
    assert sign_in(password=PASSWORD)[1].status_code == 200


def test_a_short_password_is_refused_in_words(person):
    browser, _ = sign_in()
    told = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert b"at least 10 characters" in browser.post("/accounts/password/change/", told).content


def test_a_forgotten_password_is_set_anew_by_mail(person, mailoutbox):
    browser = Browser()
    done = browser.post("/accounts/password/reset/", {"email": person.email}, follow=True)
    assert b"Look into your mail" in done.content
    [mail] = mailoutbox
    [link] = re.findall(r"https?://\S+(/accounts/\S+)", mail.body)
    form = browser.get(link, follow=True)
    assert b"Save the new password" in form.content
    new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert b"Password saved" in browser.post(form.request["PATH_INFO"], new, follow=True).content
    assert sign_in(password=NEW_PASSWORD)[1].status_code == 302
    assert b"no longer works" in Browser().get(link, follow=True).content


def test_asking_for_a_stranger_tells_nothing_and_offers_no_account(mailoutbox):
    done = Browser().post("/accounts/password/reset/", {"email": "x@other.example"}, follow=True)
    assert b"Look into your mail" in done.content
    [mail] = mailoutbox
    assert "nobody signs in with this address" in mail.body
    assert "signup" not in mail.body


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/", "/nowhere/"])
def test_pages_before_the_door_send_their_policy_and_no_inline_code(address):
    response = Browser().get(address)
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    text = response.content.decode()
    assert not re.search(r"<script(?![^>]*src=)(?![^>]*application/json)|\sstyle=|\son\w+=", text)


def test_a_page_that_is_not_there_says_so_in_the_agencys_words():
    response = Browser().get("/nowhere/")
    assert response.status_code == 404
    assert b"There is nothing here" in response.content
