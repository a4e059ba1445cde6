"""Rows behind the share of clients on pace: how far each one's 90-day goal has come."""

from functools import partial

from django.utils.translation import gettext as _

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.portfolio import PACE_STATES, PACE_WORDS
from metrics.dashboards.why.clients import TEAM
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import Cells, Column, Kind, Row, Rows, Words
from metrics.formulas.pace import PaceState
from metrics.formulas.ratio import Ratio
from metrics.queries.pace import ClientPace

COLUMNS = (
    *TEAM,
    Column(later("Pace")),
    Column(later("Progress"), Kind.SHARE),
    Column(later("Expected"), Kind.SHARE),
    Column(later("Progress ÷ expected"), Kind.TIMES),
)


def paces(facts: Facts, reader: Reader) -> Rows:
    """The furthest behind first; those that cannot be judged last, in neither count."""
    seen = [mine for mine in facts.paces if reader.sees(mine.client_id)]
    seen.sort(key=lambda mine: (not mine.pace.state.is_judged, mine.pace.ratio or 0.0))
    shown = [_row(mine, reader) for mine in seen]
    words = Words(_("on pace"), _("not on pace"), _("not judged yet"))
    return Rows(COLUMNS, shown, len(facts.paces), noun("client"), words)


def _row(mine: ClientPace, reader: Reader) -> Row:
    state = mine.pace.state
    counts = Ratio(state is PaceState.ON, int(state.is_judged))
    return Row(partial(_cells, mine, reader), counts, state=PACE_STATES[state])


def _cells(mine: ClientPace, reader: Reader) -> Cells:
    reached = mine.pace
    return (
        reader.client(mine.client_id),
        *reader.team(mine.client_id),
        PACE_WORDS[reached.state],
        reached.progress,
        reached.expected,
        reached.ratio,
    )


ROWS = {"clients_on_pace": paces}
