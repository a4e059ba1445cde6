"""Keys for programs: hashed, scoped, expiring, revocable; dead at once when their owner is."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone

from clients.api_tokens import make_token
from clients.models import ApiToken, Client, Contact, User
from tests.api.asking import Asking
from tests.factories.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def token_of(user: User, scope: str = "read", **more: Any) -> str:
    return make_token(user=user, name="dialler", scope=scope, days=30)[1]


def test_a_token_sees_what_its_owner_sees(cast: Cast):
    answer = Asking(token=token_of(cast.manager)).get("clients")
    assert [row["name"] for row in answer.json()["results"]] == ["Acme"]


@pytest.mark.parametrize("keyword", ["Token", "Bearer", "bearer", "TOKEN"])
def test_both_usual_words_are_understood(cast: Cast, keyword: str):
    header = {"Authorization": f"{keyword} {token_of(cast.leader)}"}
    assert Browser().get("/api/v1/clients/", headers=header).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "Token",
        "Token gv_" + "0" * 64,
        "Token two words",
        "Token \xff\xfe" + "a" * 40,
        "Token gv_\x00" + "a" * 40,
        "Bearer ",
        "Token " + "a" * 5000,
    ],
)
def test_a_wrong_token_is_401_and_says_how_to_sign_in(cast: Cast, header: str):
    answer = Browser().get("/api/v1/clients/", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"


def test_a_token_for_reading_writes_nothing(cast: Cast):
    asking = Asking(token=token_of(cast.leader, "read"))
    contact = Contact.objects.create(client=cast.client_a, name="Ann")
    assert asking.post("contacts", client=cast.client_a.pk, name="Bo").status_code == 403
    assert asking.patch("contacts", contact.pk, name="Bo").status_code == 403
    assert asking.delete("contacts", contact.pk).status_code == 403
    assert asking.get("contacts", contact.pk).json()["name"] == "Ann"


def test_a_token_for_writing_writes_and_history_names_its_owner(cast: Cast):
    asking = Asking(token=token_of(cast.manager, "write"))
    answer = asking.post("contacts", client=cast.client_a.pk, name="Bo")
    assert answer.status_code == 201
    contact = Contact.objects.get(pk=answer.json()["id"])
    assert contact.history.get().history_user == cast.manager
    asking.patch("contacts", contact.pk, name="Bob")
    assert contact.history.latest().prev_record.name == "Bo"


def test_an_expired_token_is_refused(cast: Cast):
    words = token_of(cast.leader)
    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    assert Asking(token=words).get("clients").status_code == 401


def test_tokens_die_with_their_owners_sign_in(cast: Cast):
    words = token_of(cast.leader)
    User.objects.filter(pk=cast.leader.pk).update(is_active=False)
    assert Asking(token=words).get("clients").status_code == 401


def test_a_token_of_somebody_who_left_sees_nothing(cast: Cast):
    assert Asking(token=token_of(cast.left)).get("clients").status_code == 403


def test_the_use_of_a_token_is_noted_to_the_minute(cast: Cast):
    words = token_of(cast.leader)
    Asking(token=words).get("clients")
    first = ApiToken.objects.get().last_used_at
    Asking(token=words).get("clients")
    assert ApiToken.objects.get().last_used_at == first is not None


def test_the_database_holds_no_usable_token(cast: Cast):
    words = token_of(cast.leader)
    with connection.cursor() as cursor:
        for table in ("clients_apitoken", "clients_historicalapitoken"):
            cursor.execute(f"SELECT * FROM {table}")
            kept = str(cursor.fetchall())
            assert words not in kept
            assert words[15:] not in kept


def test_a_session_needs_the_csrf_token_to_write(cast: Cast):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(cast.leader)
    body = {"client": cast.client_a.pk, "name": "Bo"}
    refused = browser.post("/api/v1/contacts/", body, content_type="application/json")
    assert refused.status_code == 403
    assert browser.get("/api/v1/clients/").status_code == 200


# -- The page ---------------------------------------------------------------------------------

PAGE = "/settings/api-tokens/"


def test_the_page_shows_a_new_token_once(cast: Cast):
    browser = Browser()
    browser.force_login(cast.manager)
    made = browser.post(PAGE, {"name": "phone", "scope": "write", "days": "7"})
    words = re.search(r'value="(gv_\w+)"', made.content.decode())
    assert words
    assert "no-store" in made["Cache-Control"]
    assert Asking(token=words[1]).get("clients").status_code == 200
    again = browser.get(PAGE).content.decode()
    assert words[1] not in again
    assert words[1][:15] in again
    token = ApiToken.objects.get()
    assert token.user == cast.manager
    assert timedelta(days=6, hours=23) < token.expiry - timezone.now() <= timedelta(days=7)


def test_a_form_without_a_name_says_so(cast: Cast):
    browser = Browser()
    browser.force_login(cast.manager)
    answer = browser.post(PAGE, {"name": "", "scope": "all", "days": "9999"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "scope", "days"}
    assert not ApiToken.objects.exists()


def test_a_revoked_token_is_refused_from_then_on(cast: Cast):
    words = token_of(cast.manager)
    token = ApiToken.objects.get()
    browser = Browser()
    browser.force_login(cast.manager)
    assert browser.get(f"{PAGE}{token.pk}/revoke/").status_code == 405
    assert browser.post(f"{PAGE}{token.pk}/revoke/").status_code == 302
    assert Asking(token=words).get("clients").status_code == 401
    assert token.history.latest().history_type == "-"
    assert token.history.latest().history_user == cast.manager


@pytest.mark.parametrize("person", ["leader", "manager_b"])
def test_nobody_sees_or_revokes_the_tokens_of_others(cast: Cast, person: str):
    token_of(cast.manager)
    token = ApiToken.objects.get()
    browser = Browser()
    browser.force_login(getattr(cast, person))
    assert b"dialler" not in browser.get(PAGE).content
    foreign = browser.post(f"{PAGE}{token.pk}/revoke/")
    absent = browser.post(f"{PAGE}999999/revoke/")
    assert foreign.status_code == absent.status_code == 404
    assert ApiToken.objects.exists()


def test_an_administrator_sees_and_revokes_everybodys(cast: Cast):
    token_of(cast.manager)
    browser = Browser()
    browser.force_login(cast.admin)
    assert b"dialler" in browser.get(PAGE).content
    browser.post(f"{PAGE}{ApiToken.objects.get().pk}/revoke/")
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("person", ["left", "stranger"])
def test_without_a_role_there_are_no_tokens(cast: Cast, person: str):
    browser = Browser()
    browser.force_login(getattr(cast, person))
    assert browser.get(PAGE).status_code == 403


def test_the_list_costs_the_same_for_many_tokens(cast: Cast, django_assert_max_num_queries: Any):
    for _ in range(20):
        token_of(cast.manager)
    browser = Browser()
    browser.force_login(cast.manager)
    with django_assert_max_num_queries(12):
        assert browser.get(PAGE).status_code == 200


# -- The deed and the command -----------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 367])
def test_no_token_lives_forever(cast: Cast, days: int):
    with pytest.raises(ValidationError, match="1 to 366 days"):
        make_token(user=cast.leader, name="x", scope="read", days=days)


def test_the_command_prints_a_token_that_works(cast: Cast):
    said = StringIO()
    call_command("create_api_token", cast.leader.email, "--scope", "write", stdout=said)
    words = said.getvalue().strip()
    answer = Asking(token=words).post("clients", external_id="C-9", name="Nine")
    assert answer.status_code == 201
    assert Client.objects.filter(external_id="C-9").exists()


def test_the_command_knows_who_signs_in(cast: Cast):
    with pytest.raises(CommandError, match="Nobody signs in as"):
        call_command("create_api_token", "nobody@agency.example")
