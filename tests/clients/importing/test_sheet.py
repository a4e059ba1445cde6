import contextlib
import io
import random
import time
import tracemalloc
import zipfile

import pytest

from clients.importing.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Refused
from clients.importing.sheet import read_sheet
from tests.clients.importing.files import workbook

COLUMNS = ("client", "started_on", "note")


def read(content: bytes):
    return read_sheet(content, COLUMNS, required=("client",))


def test_columns_come_in_any_order_and_spelling():
    sheet = read(b"\xef\xbb\xbf Started On ;CLIENT\n2026-01-01;C1\n")
    assert sheet.headers == ["started_on", "client"]
    assert sheet.rows == [["2026-01-01", "C1"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(separator):
    sheet = read(f"client{separator}note\nC1{separator}hello\n".encode())
    assert sheet.rows == [["C1", "hello"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_are_read(encoding):
    sheet = read("client,note\nC1,Zażółć gęślą 한국어 Київ\n".encode(encoding))
    assert sheet.rows == [["C1", "Zażółć gęślą 한국어 Київ"]]
    assert sheet.warnings == []


def test_windows_1252_is_read_and_said():
    sheet = read("client,note\nC1,café €5\n".encode("cp1252"))
    assert sheet.rows == [["C1", "café €5"]]
    assert "Windows-1252" in sheet.warnings[0]


def test_letters_of_no_known_encoding_are_refused():
    with pytest.raises(Refused, match="Save it as CSV UTF-8"):
        read(b"client,note\nC1,\x81\xff\xfe\n")


def test_empty_lines_are_skipped_and_lines_keep_their_numbers():
    sheet = read(b'client,note\n\nC1,"two\nlines"\n,,\nC2,one\n')
    assert sheet.lines == [3, 6]


def test_an_unknown_column_is_left_out_and_said():
    sheet = read(b"client,colour\nC1,red\n")
    assert sheet.rows == [["C1"]]
    assert "colour is not known" in sheet.warnings[0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\n \n", "The file is empty"),
        (b"note\nhello\n", "column client is missing"),
        (b"client,Client\nC1,C2\n", "client is there twice"),
        pytest.param(
            b'client,note\nC1,"never closed\n' + b"x\n" * 200_000,
            "quote",
            id="a quote that is never closed",
        ),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"PK\x03\x04 not really", "not a spreadsheet"),
        pytest.param(
            b"client," + b"x," * MAX_COLUMNS + b"y\n",
            "more than 100 columns",
            id="too many columns",
        ),
        pytest.param(
            b"client\n" + b"C1\n" * (MAX_ROWS + 1), "more than 50,000 rows", id="too many rows"
        ),
        pytest.param(b"client\n" + b"x" * 11_000_000, "larger than 10 MB", id="too large"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(Refused, match=sentence):
        read(content)


def test_exactly_the_largest_number_of_rows_is_read():
    assert len(read(b"client\n" + b"C1\n" * MAX_ROWS).rows) == MAX_ROWS


def test_a_row_with_too_many_cells_is_named():
    assert read(b"client,note\nC1,a,b\nC2,c\n").too_long == [2]


def test_a_workbook_is_read():
    sheet = read(workbook(["Client", "Note"], ["C1", "hello"], [], [12.0, None]))
    assert sheet.rows == [["C1", "hello"], [12, None]]
    assert sheet.lines == [2, 4]


def test_a_formula_is_text_and_said():
    sheet = read(workbook(["client", "note"], ["C1", "=1+1"]))
    assert sheet.rows == [["C1", "=1+1"]]
    assert "1 cells hold a formula" in sheet.warnings[0]


def test_a_workbook_that_unpacks_to_far_more_than_it_weighs_is_refused():
    with pytest.raises(Refused, match="unpacks to far more"):
        read(bomb(60 * 1024 * 1024))


def test_a_workbook_that_lies_about_its_size_is_refused():
    size = 60 * 1024 * 1024
    honest = bomb(size)
    lie = honest.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(Refused, match="not a spreadsheet"):
        read(lie)


def bomb(size: int) -> bytes:
    """A workbook whose sheet is `size` bytes of blanks."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["client"], ["C1"]))) as honest,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book,
    ):
        for part in honest.infolist():
            is_sheet = part.filename == "xl/worksheets/sheet1.xml"
            book.writestr(part.filename, b" " * size if is_sheet else honest.read(part))
    return kept.getvalue()


HOSTILE = {
    "a workbook of blanks": lambda: bomb(90 * 1024 * 1024),
    "a workbook of very many blanks": lambda: bomb(150 * 1024 * 1024),
    "one line of ten megabytes": lambda: b"client," + b"x" * (MAX_BYTES - 100),
    "a million columns": lambda: b"," * 1_000_000 + b"\nC1\n",
    "a quote that is never closed": lambda: b'client,note\nC1,"' + b"x,\n" * 3_000_000,
    "nothing but quotes": lambda: b'"' * MAX_BYTES,
    "nothing but line ends": lambda: b"client\n" + b"\n" * (MAX_BYTES - 100),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_cost_little_time_and_memory(name):
    content = HOSTILE[name]()
    tracemalloc.start()
    began = time.process_time()
    with contextlib.suppress(Refused):
        read(content)
    took = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < 6  # measured with tracing, which makes Python several times slower
    assert peak < 100 * 1024 * 1024


@pytest.mark.parametrize("seed", range(200))
def test_a_damaged_file_is_read_or_refused_but_never_breaks(seed):
    dice = random.Random(seed)
    good = (
        workbook(["client", "note"], ["C1", "x"]) if seed % 2 else "client,note\nC1,Łódź\n".encode()
    )
    content = bytearray(good)
    for _ in range(dice.randint(1, 30)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    with contextlib.suppress(Refused):
        read(bytes(content))
