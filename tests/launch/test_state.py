import json
import sqlite3
import stat
from pathlib import Path

import pytest

from launch.say import Refusal
from launch.state import State


@pytest.fixture
def state(tmp_path: Path) -> State:
    state = State(tmp_path / "state")
    state.open()
    return state


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def make_database(state: State, *statements: str) -> None:
    connection = sqlite3.connect(state.database)
    connection.execute("CREATE TABLE clients_user (email text)")
    connection.execute("CREATE TABLE clients_client (name text)")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_secrets_are_made_once_and_only_for_the_owners_eyes(state):
    made = [state.secret_key(), state.encryption_key(), state.broker_password()]
    again = State(state.folder)
    assert [again.secret_key(), again.encryption_key(), again.broker_password()] == made
    assert len(set(made)) == 3
    assert mode(state.folder) == 0o700
    for name in ("secret_key", "encryption_key", "broker_password"):
        assert mode(state.folder / name) == 0o600


def test_each_folder_has_its_own_demo_password(state, tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    other = State(tmp_path / "other")
    other.open()
    assert len(state.demo_password()) >= 12
    assert state.demo_password() != other.demo_password()


def test_the_demo_password_can_be_given(state, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "chosen by hand")
    assert state.demo_password() == "chosen by hand"
    assert not (state.folder / "demo_password").exists()


def test_a_second_supervisor_on_one_folder_is_refused_with_the_address(state):
    state.lock()
    state.note_running(address="http://127.0.0.1:8123")
    with pytest.raises(Refusal, match=r"already running.*http://127.0.0.1:8123"):
        State(state.folder).lock()


def test_what_is_running_is_noted_for_the_owner_only_and_forgotten(state):
    assert state.running() == {}
    state.note_running(broker_port=7)
    assert state.running() == {"broker_port": 7}
    assert mode(state.folder / "running.json") == 0o600
    state.forget_running()
    assert state.running() == {}


def test_a_torn_note_counts_as_none(state):
    (state.folder / "running.json").write_text(json.dumps({"broker_port": 7})[:5])
    assert state.running() == {}


def test_a_folder_without_a_database_is_empty(state):
    assert state.is_empty()


def test_a_migrated_database_without_people_and_clients_is_empty(state):
    make_database(state)
    assert state.is_empty()


@pytest.mark.parametrize("table", ["clients_user (email)", "clients_client (name)"])
def test_one_person_or_one_client_is_somebodys_work(state, table):
    make_database(state, f"INSERT INTO {table} VALUES ('x')")
    assert not state.is_empty()


def test_a_half_made_demo_is_dropped_and_a_whole_one_kept(state):
    state.begin_seeding()
    make_database(state, "INSERT INTO clients_user VALUES ('half')")
    assert state.drop_half_seeded()
    assert state.is_empty()

    state.begin_seeding()
    make_database(state, "INSERT INTO clients_user VALUES ('whole')")
    state.end_seeding()
    assert not state.drop_half_seeded()
    assert not state.is_empty()
    assert state.is_demo()


def migrate(state: State, *names: str) -> None:
    connection = sqlite3.connect(state.database)
    connection.execute("CREATE TABLE IF NOT EXISTS django_migrations (app text, name text)")
    for name in names:
        connection.execute("INSERT INTO django_migrations VALUES ('clients', ?)", (name,))
    connection.commit()
    connection.close()


def test_a_database_is_migrated_once(state):
    assert not state.is_migrated()
    migrate(state, "0001_initial")
    assert not state.is_migrated()
    state.note_migrated()
    assert state.is_migrated()


def test_a_database_that_somebody_took_back_is_migrated_again(state):
    migrate(state, "0001_initial", "0002_more")
    state.note_migrated()
    connection = sqlite3.connect(state.database)
    connection.execute("DELETE FROM django_migrations WHERE name = '0002_more'")
    connection.commit()
    connection.close()
    assert not state.is_migrated()


def test_a_new_migration_is_noticed(state, tmp_path, monkeypatch):
    monkeypatch.setattr("launch.state.ROOT", tmp_path)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "base.txt").touch()
    migrations = tmp_path / "clients" / "migrations"
    migrations.mkdir(parents=True)
    migrate(state, "0001_initial")
    state.note_migrated()
    (migrations / "0002_more.py").write_text("operations = []")
    assert not state.is_migrated()
