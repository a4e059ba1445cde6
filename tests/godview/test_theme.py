import pytest
from django.test import Client as Browser

pytestmark = pytest.mark.django_db


def test_the_first_byte_of_a_page_has_the_theme_of_the_cookie():
    browser = Browser()
    browser.cookies["theme"] = "dark"
    assert b'data-theme="dark"' in browser.get("/accounts/login/").content


@pytest.mark.parametrize("cookie", ["", "purple", '"><script>'])
def test_without_a_known_theme_the_page_follows_the_system(cookie):
    browser = Browser()
    browser.cookies["theme"] = cookie
    assert b'data-theme="auto"' in browser.get("/accounts/login/").content


def test_a_theme_is_chosen_without_javascript_and_leads_back():
    response = Browser().post("/theme/", {"theme": "dark", "next": "/clients/?pace=off"})
    assert response.url == "/clients/?pace=off"
    assert response.cookies["theme"].value == "dark"


def test_nobody_is_led_to_another_site():
    response = Browser().post("/theme/", {"theme": "dark", "next": "https://evil.example/"})
    assert response.url == "/"


def test_an_unknown_theme_is_not_kept():
    assert "theme" not in Browser().post("/theme/", {"theme": "purple"}).cookies


def test_looking_changes_nothing():
    assert Browser().get("/theme/").status_code == 405
