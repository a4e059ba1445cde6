import csv
import io

import pytest
from django.test import RequestFactory

from godview.http import csv_response, onward_url


@pytest.mark.parametrize(
    ("asked", "onward"),
    [
        ("/clients/?pace=off", "/clients/?pace=off"),
        ("", "/home/"),
        ("https://evil.example/", "/home/"),
        ("//evil.example/", "/home/"),
        ("javascript:alert(1)", "/home/"),
        ("https:///evil.example", "/home/"),
    ],
)
def test_a_form_leads_on_only_to_our_own_pages(asked, onward):
    assert onward_url(RequestFactory().post("/", {"next": asked}), "/home/") == onward


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_csv_begins_with_the_mark_that_excel_needs_for_accents():
    response = csv_response("names.csv", ["name"], [["Dana Novák"]])
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert rows_of(response) == [["name"], ["Dana Novák"]]


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\0="]
)
def test_no_cell_of_a_csv_runs_as_a_formula(start):
    [_, [cell]] = rows_of(csv_response("x.csv", ["name"], [[f"{start}1+1"]]))
    assert cell.startswith("'")


def test_numbers_stay_numbers_and_unknown_stays_empty():
    assert rows_of(csv_response("x.csv", ["a", "b"], [[-5, None]]))[1] == ["-5", ""]
