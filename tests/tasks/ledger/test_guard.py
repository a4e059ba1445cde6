import pytest
from django.db import DatabaseError, connection, transaction

from clients.models import ClientGoal
from tasks.ledger import guard
from tasks.ledger.commitment import commit_tasks
from tasks.ledger.events import tell
from tasks.ledger.goals import keep
from tasks.ledger.triggers import LEDGER
from tasks.models import Promise, PromiseEvent, WeeklyGoal
from tests.factories.clients import ClientGoalFactory
from tests.factories.tasks import WeeklyGoalFactory
from tests.tasks.ledger.conftest import LATER, Work


@pytest.fixture
def told(work: Work) -> Promise:
    work.task()
    commit_tasks(work.connection)
    promise = Promise.objects.get()
    tell(promise, PromiseEvent.Kind.ASKED, now=LATER, by=work.ana)
    return promise


@pytest.mark.parametrize("table", guard.TABLES)
@pytest.mark.parametrize(
    "deed", ["UPDATE {} SET id = id", "DELETE FROM {}"], ids=["changed", "deleted"]
)
def test_no_row_of_the_ledger_is_changed_or_deleted_even_by_hand(
    told: Promise, table: str, deed: str
):
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        connection.cursor().execute(deed.format(table))


def test_nor_by_the_program(told: Promise):
    with pytest.raises(DatabaseError), transaction.atomic():
        Promise.objects.update(due_on="2027-01-01")
    with pytest.raises(DatabaseError), transaction.atomic():
        PromiseEvent.objects.all()._raw_delete("default")


@pytest.mark.parametrize("model", LEDGER)
def test_no_row_is_put_in_the_place_of_another(told: Promise, model):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    names = [field.column for field in model._meta.concrete_fields]
    rows = f"SELECT {', '.join(names)} FROM {model._meta.db_table}"
    replace = f"INSERT OR REPLACE INTO {model._meta.db_table} ({', '.join(names)}) {rows}"
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        connection.cursor().execute(replace)


def test_a_second_promise_does_not_push_the_first_one_out(told: Promise):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    names = [f.column for f in Promise._meta.concrete_fields if not f.primary_key]
    replace = (
        f"INSERT OR REPLACE INTO tasks_promise ({', '.join(names)}) "
        f"SELECT {', '.join(names)} FROM tasks_promise"
    )
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        connection.cursor().execute(replace)


@pytest.mark.parametrize("column", ["id", "text"])
def test_no_other_goal_is_moved_to_the_place_of_a_promised_one(work: Work, column: str):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has UPDATE OR REPLACE")
    hard = WeeklyGoalFactory(client=work.client, text="Hard")
    easy = WeeklyGoalFactory(client=work.client, text="Easy", committed_at=None)
    keep(WeeklyGoal.objects.all(), LATER)
    move = f"UPDATE OR REPLACE tasks_weeklygoal SET {column} = %s WHERE id = %s"
    with pytest.raises(DatabaseError, match="fixed"), transaction.atomic():
        connection.cursor().execute(move, [getattr(hard, column), easy.pk])
    assert WeeklyGoal.objects.get(pk=hard.pk).text == "Hard"


def test_nor_to_the_place_of_an_agreed_one(work: Work):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has UPDATE OR REPLACE")
    agreed = ClientGoalFactory(client=work.client, name="Leads")
    easy = ClientGoalFactory.build(client=work.client, name="Easy")
    ClientGoal.objects.bulk_create([easy])  # the ledger does not know it yet
    move = "UPDATE OR REPLACE clients_clientgoal SET id = %s WHERE name = %s"
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        connection.cursor().execute(move, [agreed.pk, easy.name])
    assert ClientGoal.objects.get(pk=agreed.pk).name == "Leads"


def test_the_guard_stands_after_every_migration(db: None):
    assert guard.is_installed(connection)
    guard.remove(connection)
    assert not guard.is_installed(connection)
    guard.install(connection)
    assert guard.is_installed(connection)


def test_a_promised_goal_is_not_deleted_by_hand_either(work: Work):
    WeeklyGoalFactory()
    ClientGoalFactory()
    keep(WeeklyGoal.objects.all(), LATER)
    for table in ("tasks_weeklygoal", "clients_clientgoal"):
        with pytest.raises(DatabaseError, match=r"fixed|locked"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")


def test_one_that_was_never_promised_may_go(db: None):
    WeeklyGoalFactory(committed_at=None).delete()
    assert not WeeklyGoal.objects.exists()
