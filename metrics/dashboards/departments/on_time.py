"""Tasks done by their first due date, of one department: the last week beside the usual range."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from godview.drawing import sparkline
from godview.templatetags.display import counted, percent, rounded
from metrics.catalogue import CATALOGUE
from metrics.dashboards.figures import FEWEST, judged, none_due
from metrics.dashboards.portfolio import State
from metrics.formulas.ratio import Ratio

KEY = "on_time_rate"
SIZE = (88, 24)
SCALE = (0.5, 1.0)  # one for all departments, so that their lines compare


@dataclass(frozen=True, slots=True)
class OnTime:
    rate: str
    told: str
    change: str
    state: State
    spark: SafeString
    usual: str

    @property
    def stands_out(self) -> bool:
        return self.state in ("bad", "watch")


def on_time(weeks: Sequence[Ratio]) -> OnTime:
    """Of thirteen full weeks, oldest first; a department without tasks has no weeks."""
    now = weeks[-1] if weeks else Ratio(0, 0)
    values = [week.value for week in weeks]
    band = usual_range(weeks[:-1])
    state = state_of(now)
    return OnTime(
        rate="–" if now.value is None else percent(now.value),
        told=_told(now),
        change=_change(weeks),
        state=state,
        spark=sparkline(values, state, band=band, scale=SCALE, size=SIZE),
        usual=(
            _("Usual range %(band_0)s to %(band_1)s")
            % {"band_0": percent(band[0]), "band_1": percent(band[1])}
        )
        if band
        else "",
    )


def _told(week: Ratio) -> str:
    if week.value is None:
        return none_due(KEY, _("no task was due"))
    return _("%(week_part)s of %(week_whole)s tasks") % {
        "week_part": week.part,
        "week_whole": week.whole,
    }


def usual_range(weeks: Sequence[Ratio]) -> tuple[float, float] | None:
    """Between which shares the weeks before lay, those with few tasks left out."""
    values = sorted(x.value for x in weeks if x.value is not None and x.whole >= FEWEST)
    return (values[0], values[-1]) if len(values) >= FEWEST else None


def state_of(week: Ratio) -> State:
    target, value = CATALOGUE[KEY].threshold, week.value
    if value is None or target is None:
        return "none"
    return judged(target - value, week.whole)


def _change(weeks: Sequence[Ratio]) -> str:
    if len(weeks) < 2 or weeks[-1].value is None or weeks[-2].value is None:
        return ""
    points = int(rounded(weeks[-1].value * 100) - rounded(weeks[-2].value * 100))
    if not points:
        return _("as in the week before")
    told = _("↑ %(change)s, better") if points > 0 else _("↓ %(change)s, worse")
    return told % {"change": counted(abs(points), "pt")}
