"""Who may make and revoke a client's links, and who may not even see them."""

from datetime import timedelta

import pytest
from django.core import serializers
from django.test import Client as Browser
from django.utils import timezone

from tasks import sharing
from tasks.models import ShareLink
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def link(cast):
    return sharing.create_link(
        client=cast.client_a, by=cast.manager.staff, now=timezone.now() - timedelta(days=2)
    )[0]


def signed_in(user):
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    return browser


@pytest.mark.parametrize("person", ["manager", "director", "leader"])
def test_a_link_is_shown_once_and_opens_the_page(cast, person):
    browser = signed_in(cast.person(person))
    response = browser.post("/clients/acme/share/")
    text = response.content.decode()
    address = text.split('value="http://testserver')[1].split('"')[0]
    assert address.startswith("/share/")
    assert "no-store" in response["Cache-Control"]
    assert Browser().get(address).status_code == 200
    token = address.split("/")[2]
    assert token not in browser.get("/clients/acme/").content.decode()
    assert token not in serializers.serialize("json", ShareLink.objects.all())


@pytest.mark.parametrize("person", ["manager_b", "salesperson", "stranger", "left"])
def test_foreign_people_neither_make_nor_see_nor_revoke(cast, link, person):
    browser = signed_in(cast.person(person))
    assert browser.post("/clients/acme/share/").status_code == 404
    assert browser.post(f"/clients/acme/share/{link.pk}/revoke/").status_code == 404
    assert browser.get("/clients/acme/").status_code == 404
    assert ShareLink.objects.get().revoked_at is None


def test_a_designer_reads_the_client_and_not_its_links(cast, link):
    browser = signed_in(cast.designer)
    assert browser.post("/clients/acme/share/").status_code == 403
    assert browser.post(f"/clients/acme/share/{link.pk}/revoke/").status_code == 403
    assert "Shared with the client" not in browser.get("/clients/acme/").content.decode()


def test_a_link_is_not_revoked_under_another_clients_name(cast, link):
    browser = signed_in(cast.leader)
    assert browser.post(f"/clients/boreal/share/{link.pk}/revoke/").status_code == 404


def test_revoking_closes_it_and_the_card_says_so(cast, link):
    browser = signed_in(cast.manager)
    assert "Revoke" in browser.get("/clients/acme/").content.decode()
    response = browser.post(f"/clients/acme/share/{link.pk}/revoke/")
    assert response.url == "/clients/acme/#share"
    assert "Revoked" in browser.get("/clients/acme/").content.decode()


def test_a_link_is_not_made_by_reading(cast):
    assert signed_in(cast.manager).get("/clients/acme/share/").status_code == 405
    assert not ShareLink.objects.exists()


def test_without_its_token_the_form_is_refused(cast):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(cast.manager, backend=BACKEND)
    assert browser.post("/clients/acme/share/").status_code == 403
