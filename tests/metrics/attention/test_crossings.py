"""A rule fires once for one crossing, whatever comes after it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from metrics.attention.crossings import Handling, changes, is_quiet

DAY = date(2026, 11, 19)
CLIENTS, RULES = (1, 2), ("pace", "contact", "reply")
looks = st.lists(
    st.dictionaries(
        st.sampled_from(CLIENTS), st.frozensets(st.sampled_from(RULES), min_size=1), max_size=2
    ),
    max_size=20,
)


@given(looks)
def test_whatever_happens_each_crossing_fires_once_and_is_cleared_once(looks):
    standing: set[tuple[int, str]] = set()
    known: dict[int, frozenset[str]] = {}
    for now in looks:
        changed = changes(known, now)
        assert len(set(changed.crossed)) == len(changed.crossed)
        assert not standing & set(changed.crossed), "it fired while it stood"
        assert standing >= set(changed.cleared), "it was cleared without standing"
        standing = (standing | set(changed.crossed)) - set(changed.cleared)
        assert standing == {(client, rule) for client, rules in now.items() for rule in rules}
        assert changes(now, now) == changes({}, {}), "to look twice changes nothing"
        known = now


def handled(*known, is_open=True, until=None):
    return Handling(frozenset(known), is_open, until)


def test_a_client_that_nobody_handled_is_awake():
    assert not is_quiet(frozenset({"pace"}), None, DAY)
    assert not is_quiet(frozenset({"pace"}), handled("pace"), DAY)


def test_a_closed_case_is_quiet_until_something_new_comes_up():
    closed = handled("pace", is_open=False)
    assert is_quiet(frozenset({"pace"}), closed, DAY)
    assert not is_quiet(frozenset({"pace", "contact"}), closed, DAY)


def test_what_was_put_off_returns_on_its_day_or_when_something_new_comes_up():
    until = DAY + timedelta(days=3)
    asleep = handled("pace", until=until)
    assert is_quiet(frozenset({"pace"}), asleep, DAY)
    assert not is_quiet(frozenset({"pace"}), asleep, until)
    assert not is_quiet(frozenset({"pace", "contact"}), asleep, DAY)
