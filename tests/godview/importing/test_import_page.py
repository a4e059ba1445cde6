"""A leader sends a file, looks at what it would do, and imports it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clients.models import Pod, Upload
from godview.importing.registry import KINDS
from tests.clients.importing.files import workbook
from tests.factories.cast import PEOPLE, Cast, make_cast
from tests.factories.clients import DepartmentFactory

pytestmark = pytest.mark.django_db

PODS = b"external_id,name\nPX,Andes\nPY,Cobalt\n"
BAD = b"external_id,name\nPX,\n=PY,Cobalt,and more\nPZ,Delta\n"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def leader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.leader)
    return client


def send(browser: Client, content: bytes, kind: str = "pods", name: str = "pods.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post(reverse("import"), {"kind": kind, "file": file}, follow=True)


def address() -> str:
    return reverse("import_preview", args=[Upload.objects.latest("uploaded_at").pk])


def names() -> set[str]:
    return set(Pod.objects.filter(external_id__startswith="P").values_list("name", flat=True))


def test_a_file_is_looked_at_before_anything_is_written(leader):
    page = send(leader, PODS)
    assert "2 rows would be written" in page.content.decode()
    assert "Andes" in page.content.decode()
    assert not {"Andes", "Cobalt"} & names()


def test_then_it_is_imported_and_the_history_names_the_leader(leader, cast):
    send(leader, PODS)
    page = leader.post(address(), follow=True).content.decode()
    assert "2 rows imported" in page
    assert {"Andes", "Cobalt"} <= names()
    assert Pod.history.filter(external_id="PX").get().history_user == cast.leader


def test_a_double_click_imports_once(leader):
    send(leader, PODS)
    leader.post(address())
    first = Upload.objects.get().imported_at
    page = leader.post(address(), follow=True).content.decode()
    assert "2 rows imported" in page
    assert Pod.history.filter(external_id="PX").count() == 1
    assert Upload.objects.get().imported_at == first


def test_the_content_is_gone_once_it_is_imported(leader):
    send(leader, PODS)
    assert bytes(Upload.objects.get().content) == PODS
    leader.post(address())
    assert bytes(Upload.objects.get().content) == b""


def test_looking_changes_nothing(leader):
    send(leader, PODS)
    leader.get(address())
    assert Upload.objects.get().imported_at is None


def test_what_is_wrong_is_listed_and_nothing_can_be_imported(leader):
    page = send(leader, BAD).content.decode()
    assert "2 rows have something to mend" in page
    assert "This must not be empty." in page
    assert 'class="btn primary"' not in page
    leader.post(address())
    assert "Delta" not in names()


def test_the_errors_can_be_taken_along_and_open_safely_in_a_spreadsheet(leader):
    send(leader, b"external_id,name,department\nPX,Andes,=HYPERLINK(1)\n")
    answer = leader.get(address() + "errors.csv")
    assert answer["Content-Type"].startswith("text/csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "line,column,value,what to do"
    assert lines[1].startswith("2,department,'=HYPERLINK(1),")


def test_what_changed_meanwhile_is_found_before_it_is_written(leader):
    department = DepartmentFactory(name="Short-lived")
    send(leader, b"external_id,name,department\nPX,Andes,Short-lived\n")
    department.delete()
    page = leader.post(address(), follow=True).content.decode()
    assert "1 row has something to mend" in page
    assert "Andes" not in names()


def test_the_same_file_again_would_change_nothing(leader):
    send(leader, PODS)
    leader.post(address())
    assert "Nothing would change" in send(leader, PODS).content.decode()


def test_a_workbook_is_as_good(leader):
    page = send(leader, workbook(["External id", "Name"], ["PX", "Andes"]), name="pods.xlsx")
    assert "1 row would be written" in page.content.decode()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x81\x8d", b"no,columns\n1,2\n"])
def test_a_file_that_cannot_be_read_is_said_and_never_an_error(leader, content):
    page = send(leader, content)
    assert page.status_code in (200, 422)
    assert not Upload.objects.imported().exists()


def test_a_form_without_a_file_says_so(leader):
    page = leader.post(reverse("import"), {"kind": "pods"})
    assert page.status_code == 422
    assert "This field is required" in page.content.decode()


def test_a_link_can_choose_the_kind(leader):
    page = leader.get(reverse("import") + "?kind=fees").content.decode()
    assert '<option value="fees" selected>' in page


def test_a_kind_that_does_not_exist_is_refused(leader):
    assert send(leader, PODS, kind="pears").status_code == 422


def test_a_name_with_a_path_or_a_script_in_it_is_only_a_name(leader):
    page = send(leader, PODS, name="<script>x</script>.csv").content.decode()
    assert "<script>x" not in page


def test_forgotten_files_go_with_the_next_one(leader):
    send(leader, PODS)
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    send(leader, PODS)
    assert Upload.objects.count() == 1


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in ("leader", "admin")])
def test_to_everybody_else_the_pages_are_not_there(cast, client, name):
    upload = Upload.objects.create(
        kind="pods", file_name="a", content=PODS, uploaded_at=timezone.now()
    )
    client.force_login(cast.person(name))
    for address in (
        reverse("import"),
        reverse("import_preview", args=[upload.pk]),
        reverse("import_errors", args=[upload.pk]),
        reverse("import_example", args=["pods"]),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in (404, 405)
    assert "Andes" not in names()


def test_signed_out_one_is_asked_to_sign_in(client, db):
    answer = client.get(reverse("import"))
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def test_the_file_of_another_leader_is_not_there(leader, cast, client):
    send(leader, PODS)
    client.force_login(cast.admin)
    assert client.get(address()).status_code == 404
    assert client.post(address()).status_code == 404
    assert client.get(address() + "errors.csv").status_code == 404


def test_every_example_can_be_imported_one_after_another(leader):
    for kind in KINDS.values():
        example = leader.get(reverse("import_example", args=[kind.name])).content
        send(leader, example, kind=kind.name)
        leader.post(address())
        upload = Upload.objects.latest("uploaded_at")
        assert upload.imported_at, (kind.name, upload.report["refusals"])


def test_the_page_names_every_column_of_every_kind(leader):
    page = leader.get(reverse("import")).content.decode()
    for kind in KINDS.values():
        for column in kind.column_names:
            assert f"<code>{column}</code>" in page


def test_the_pages_take_few_queries(leader, django_assert_max_num_queries):
    for number in range(12):
        send(leader, PODS.replace(b"Andes", b"Andes %d" % number))
        leader.post(address())
    with django_assert_max_num_queries(8):
        leader.get(reverse("import"))
    with django_assert_max_num_queries(8):
        leader.get(address())


def test_a_file_above_the_limit_is_refused_before_it_is_read(leader):
    page = send(leader, b"external_id,name\n" + b"x" * (10 * 1024 * 1024))
    assert page.status_code == 422
    assert "larger than 10 MB" in page.content.decode()


def test_a_large_file_is_refused_as_quickly_as_a_small_one(leader):
    page = send(leader, BytesIO(b"external_id\n" + b"P\n" * 50_001).getvalue())
    assert "more than 50,000 rows" in page.content.decode()
