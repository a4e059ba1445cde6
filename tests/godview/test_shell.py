from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.test import RequestFactory

from godview.shell import Shell, freshness
from tests.factories.cast import make_cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "words", "old"),
    [
        (timedelta(seconds=20), "Asana read under 1 min ago", False),
        (timedelta(minutes=4), "Asana read 4 min ago", False),
        (timedelta(minutes=15), "Asana read 15 min ago", True),
        (timedelta(minutes=87), "Asana read 1 h 27 min ago", True),
        (timedelta(days=3), "Asana read 3 days ago", True),
    ],
)
def test_the_age_of_the_tasks_is_said_and_never_silently_stale(age, words, old):
    told = freshness(NOW - age, "working", NOW)
    assert (told.words, told.old) == (words, old)


def test_a_stopped_connection_is_old_however_young_its_last_reading():
    told = freshness(NOW - timedelta(minutes=2), "stopped", NOW)
    assert told.old
    assert told.words == "Asana stopped, last read 2 min ago"


def test_no_connection_and_no_reading_are_told_apart():
    assert freshness(None, "", NOW).words == "Asana is not connected"
    assert freshness(None, "working", NOW).words == "Asana was never read completely"


def shell_for(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return Shell(request)


def words(shell):
    return [item.word for group in shell.menu for item in group.items]


@pytest.mark.django_db
def test_import_and_admin_are_for_those_who_may_use_them():
    cast = make_cast()
    assert {"Import", "Admin"} <= set(words(shell_for(cast.person("admin"))))
    assert not {"Import", "Admin"} & set(words(shell_for(cast.person("manager"))))


@pytest.mark.django_db
def test_every_entry_of_the_menu_leads_to_a_page():
    cast = make_cast()
    browser = Browser()
    browser.force_login(cast.admin, backend=BACKEND)
    for group in shell_for(cast.person("admin")).menu:
        for item in group.items:
            assert browser.get(item.url).status_code == 200, item


@pytest.mark.django_db
def test_the_menu_marks_the_page_one_is_on():
    shell = shell_for(make_cast().person("leader"), "/clients/acme/")
    assert [i.word for g in shell.menu for i in g.items if i.current] == ["Clients"]


@pytest.mark.django_db
def test_the_phone_shows_every_page_that_the_desk_shows():
    shell = shell_for(make_cast().person("admin"))
    on_phone = [item.word for item in (*shell.phone_items, *shell.more_items)]
    assert sorted(on_phone) == sorted(words(shell))
