from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.models import WeekNote
from tasks.versions import ChangedMeanwhileError
from tasks.week_notes import write_note
from tests.factories.clients import ClientFactory, StaffFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)


def written(client, text, version=None, now=NOW, **told):
    return write_note(
        **{
            "client": client,
            "week_starts_on": date(2026, 11, 16),
            "text": text,
            "staff": None,
            "now": now,
            "version": version,
            **told,
        }
    )


def test_a_client_has_one_note_a_week_and_it_says_when_it_was_saved():
    client, staff = ClientFactory(), StaffFactory()
    written(client, "Owner not answering")
    later = NOW + timedelta(minutes=3)
    note = written(client, " Owner answered ", version=1, now=later, staff=staff)
    assert WeekNote.objects.get() == note
    assert (note.text, note.version, note.staff) == ("Owner answered", 2, staff)
    assert note.saved_at == later
    assert [row.text for row in note.history.all()] == ["Owner answered", "Owner not answering"]


def test_an_empty_note_clears_it():
    client = ClientFactory()
    written(client, "Owner not answering")
    assert written(client, "", version=1).text == ""


@pytest.mark.parametrize("version", [0, 7], ids=["there was none", "an older one"])
def test_a_note_somebody_else_saved_meanwhile_is_not_lost(version):
    client = ClientFactory()
    written(client, "Theirs")
    with pytest.raises(ChangedMeanwhileError) as refusal:
        written(client, "Mine", version=version)
    assert refusal.value.current.text == "Theirs"
    assert WeekNote.objects.get().text == "Theirs"
