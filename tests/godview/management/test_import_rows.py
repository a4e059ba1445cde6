import pytest
from django.core.management import CommandError, call_command

from clients.models import Pod

pytestmark = pytest.mark.django_db


@pytest.fixture
def pods(tmp_path):
    file = tmp_path / "pods.csv"
    file.write_text("external_id,name\nPA,Andes\nPB,Boreal\n")
    return file


def test_it_imports_a_file(pods, capsys):
    call_command("import_rows", "pods", pods)
    assert Pod.objects.count() == 2
    assert capsys.readouterr().out == "pods, 2 rows: 2 new.\n"


def test_a_dry_run_changes_nothing(pods, capsys):
    call_command("import_rows", "pods", pods, "--dry-run")
    assert Pod.objects.count() == 0
    assert "2 new. A dry run: nothing was written." in capsys.readouterr().out


def test_refused_rows_are_printed_and_the_command_fails(pods, capsys):
    pods.write_text("external_id,name\nPA,\nPB,Boreal\n")
    with pytest.raises(CommandError, match=r"1 new, 1 refused\. Nothing was written"):
        call_command("import_rows", "pods", pods)
    assert "pods.csv, line 2, name: This must not be empty." in capsys.readouterr().err
    assert Pod.objects.count() == 0


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_rows", "pods", tmp_path / "none.csv")


def test_an_unknown_kind_is_refused(pods):
    with pytest.raises(CommandError, match="invalid choice: 'pears'"):
        call_command("import_rows", "pears", pods)
