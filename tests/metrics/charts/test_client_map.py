import re

from metrics.charts.client_map import Mark, client_marks


def mark(name, state, depth=0.0):
    return Mark(name, f"/clients/{name.lower()}/", state, "words", depth)


def order(svg):
    return re.findall(r'title="([^,]+),', svg)


def test_the_worst_come_first_then_the_deepest_then_the_name():
    marks = [
        mark("Fine", "good"),
        mark("New", "none"),
        mark("Zed", "bad", -0.7),
        mark("Abe", "bad", -0.7),
        mark("Worst", "bad", -0.2),
        mark("Behind", "watch"),
    ]
    assert order(client_marks(marks)) == ["Worst", "Abe", "Zed", "Behind", "New", "Fine"]


def test_a_mark_names_its_client_and_status_for_readers():
    assert 'aria-label="Halden, words"' in client_marks([mark("Halden", "bad")])


def test_names_are_escaped():
    assert "<script>" not in client_marks([mark("<script>", "bad")])


def test_a_large_pod_gets_more_rows():
    def rows(count):
        found = re.search(r"rows-(\d)", client_marks([mark(f"C{n}", "good") for n in range(count)]))
        return int(found.group(1))

    assert [rows(n) for n in (1, 24, 25, 40, 200)] == [2, 2, 3, 4, 6]
