import pytest
from django.test import Client as Browser

from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.mark.parametrize(("who", "status"), [("admin", 200), ("leader", 200), ("manager", 404)])
def test_the_components_are_shown_to_those_who_run_the_agency(who, status):
    browser = Browser()
    browser.force_login(getattr(make_cast(), who), backend=BACKEND)
    assert browser.get("/styleguide/").status_code == status


def test_every_component_of_the_design_is_there():
    browser = Browser()
    browser.force_login(make_cast().admin, backend=BACKEND)
    page = browser.get("/styleguide/").content.decode()
    parts = (
        "tiles", "chip bad", "toggle", "crumbs", "toast", "pace", "weeks", "attention", "empty",
        "banner", "field wrong", "marks rows-2", "interval is-good", "palette shown",
        "drawer shown",
    )  # fmt: skip
    assert [part for part in parts if f'class="{part}' not in page] == []


def test_a_stranger_sees_nothing_there():
    assert Browser().get("/styleguide/").status_code == 404
