import pytest

from metrics.formulas.bcg import BcgClient, Quadrant, bcg, quadrant


def test_a_client_paying_3000_of_20000_is_a_problem_child_that_uses_15_percent():
    table = bcg([BcgClient("A", 0.3, 20_000, 3_000)], activity_cut=0.5, capacity_cut=10_000)
    assert table.places[0].quadrant is Quadrant.PROBLEM_CHILD
    assert table.places[0].used.value == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("active", "large", "expected"),
    [
        (True, True, Quadrant.STAR),
        (True, False, Quadrant.COW),
        (False, True, Quadrant.PROBLEM_CHILD),
        (False, False, Quadrant.DOG),
    ],
)
def test_activity_and_capacity_make_four_quadrants(active, large, expected):
    assert quadrant(active, large) is expected
    assert expected.rule


def test_on_the_cut_counts_as_high():
    table = bcg([BcgClient("A", 0.5, 10_000)], activity_cut=0.5, capacity_cut=10_000)
    assert table.places[0].quadrant is Quadrant.STAR
    assert table.places[0].used is None


def test_without_cuts_the_medians_divide():
    clients = [BcgClient(n, n / 10, n * 100) for n in (1, 2, 3)]
    table = bcg(clients)
    assert (table.activity_cut, table.capacity_cut) == (0.2, 200)
    assert [place.quadrant for place in table.places] == [
        Quadrant.DOG,
        Quadrant.STAR,
        Quadrant.STAR,
    ]


def test_who_lacks_activity_or_capacity_is_listed_and_not_placed():
    table = bcg([BcgClient("A", None, 10), BcgClient("B", 0.2, None), BcgClient("C", 0.2, 5)])
    assert [place.client for place in table.places] == ["C"]
    assert table.missing == ("A", "B")
    assert bcg([BcgClient("A", None, 10)]).missing == ("A",)
    assert bcg([]).places == ()
