"""Secrets at rest: unreadable in the database, readable with any key that is still listed."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.template import Context, Template

from godview.encryption import Secret, UnreadableSecretError
from tasks.models import AsanaConnection
from tests.factories.asana import AsanaConnectionFactory


@pytest.fixture
def keys():
    return [Fernet.generate_key().decode() for _ in range(2)]


def in_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM tasks_asanaconnection")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_the_database_holds_no_readable_token():
    AsanaConnectionFactory(token=Secret.of("0/a-real-token"))
    assert "a-real-token" not in in_the_database()
    assert AsanaConnection.objects.get().token.reveal() == "0/a-real-token"


@pytest.mark.django_db
def test_a_connection_shows_the_end_of_its_token_and_no_more():
    row = AsanaConnectionFactory()
    row.set_token("0/abcdefghijklmnop")
    assert row.token_hint == "mnop"
    row.set_token("short")
    assert row.token_hint == ""


def test_a_secret_shows_dots_wherever_it_is_printed():
    secret = Secret.of("0/a-real-token")
    page = Template("{{ secret }}").render(Context({"secret": secret}))
    assert {str(secret), repr(secret), f"{secret}", page} == {"••••"}


def test_two_encryptions_of_one_text_differ():
    assert Secret.of("x").ciphertext != Secret.of("x").ciphertext


@pytest.mark.django_db
def test_a_plain_text_is_not_taken_for_a_secret():
    with pytest.raises(TypeError, match=r"Secret\.of"):
        AsanaConnectionFactory(token="0/plain")


def test_without_keys_the_secret_key_is_used_and_keys_can_be_added_later(settings, keys):
    settings.ENCRYPTION_KEYS = []
    secret = Secret.of("text")
    settings.ENCRYPTION_KEYS = keys
    assert secret.reveal() == "text"


def test_a_key_that_is_gone_is_said_in_one_sentence(settings, keys):
    settings.ENCRYPTION_KEYS = keys[:1]
    secret = Secret.of("text")
    settings.ENCRYPTION_KEYS = keys[1:]
    with pytest.raises(UnreadableSecretError, match="is not in ENCRYPTION_KEYS"):
        secret.reveal()


@pytest.mark.django_db
def test_after_rotation_the_old_key_can_go(settings, keys, capsys):
    settings.ENCRYPTION_KEYS = keys[:1]
    AsanaConnectionFactory(token=Secret.of("0/a-real-token"))
    settings.ENCRYPTION_KEYS = [keys[1], keys[0]]
    call_command("rotate_secrets")
    settings.ENCRYPTION_KEYS = keys[1:]
    assert AsanaConnection.objects.get().token.reveal() == "0/a-real-token"
    assert "1 secrets" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_rotation_that_cannot_read_everything_changes_nothing(settings, keys):
    settings.ENCRYPTION_KEYS = keys[:1]
    AsanaConnectionFactory(token=Secret.of("0/a-real-token"))
    before = in_the_database()
    settings.ENCRYPTION_KEYS = keys[1:]
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rotate_secrets")
    assert in_the_database() == before


@pytest.mark.django_db
def test_history_keeps_no_token():
    row = AsanaConnectionFactory()
    row.stop("Asana refused the token")
    assert row.history.count() == 2
    assert not any(f.name == "token" for f in row.history.model._meta.get_fields())
