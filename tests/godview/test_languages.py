import pytest
from django.test import Client as Browser

from clients.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Browser:
    visitor = Browser(headers={"accept-language": "pl,en;q=0.5"})
    visitor.force_login(User.objects.create_user("jan@example.com", "x"))
    return visitor


def test_a_page_speaks_as_the_browser_asks(visitor):
    page = visitor.get("/accounts/password/change/")
    assert page.headers["Content-Language"] == "pl"
    assert b'<html lang="pl"' in page.content


def test_the_choice_of_a_person_goes_before_the_browser_and_comes_along_to_another_one(visitor):
    visitor.post("/language/", {"language": "ko"})
    assert visitor.get("/accounts/password/change/").headers["Content-Language"] == "ko"
    other = Browser()
    other.force_login(User.objects.get())
    assert other.get("/accounts/password/change/").headers["Content-Language"] == "ko"


def test_who_is_not_signed_in_chooses_for_this_browser(visitor):
    visitor.logout()
    visitor.post("/language/", {"language": "ru"})
    assert visitor.get("/accounts/login/").headers["Content-Language"] == "ru"


def test_a_language_we_do_not_speak_changes_nothing(visitor):
    visitor.post("/language/", {"language": "xx"})
    assert visitor.get("/accounts/password/change/").headers["Content-Language"] == "pl"


def test_programs_are_answered_in_english(visitor):
    assert visitor.get("/api/v1/").headers["Content-Language"] == "en"
