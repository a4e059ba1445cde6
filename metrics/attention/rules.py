"""Every rule of the attention list: its name, its formula in words, its limit, its check."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from godview.templatetags.display import percent, plain, rounded, spell_out
from metrics.attention.facts import Facts, Limits, Reason
from metrics.formulas.activity import FAR_BELOW, HALF, ActivityChange, ActivityState
from metrics.formulas.pace import BEHIND

FEWEST_GOALS = 4  # below, one missed goal more or less would be an alarm
HIT_RATE_ALARM = 0.5


@dataclass(frozen=True, slots=True)
class Moment:
    """When the rules are asked, and by which limits."""

    limits: Limits
    now: datetime
    today: date

    def limit(self, rule: str) -> float:
        return self.limits.values[rule]


Check = Callable[[Facts, Moment], Reason | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`limit` is where it alarms unless the agency sets another one; None: there is none to set."""

    key: str
    name: str
    formula: str
    check: Check
    limit: float | None = None
    unit: str = ""
    highest: float = 365


def _pace(facts: Facts, at: Moment) -> Reason | None:
    judged = facts.pace_state is not None and facts.pace_state.is_judged
    if not judged or facts.pace_ratio is None or facts.pace_ratio >= at.limit("pace"):
        return None
    behind = round((1 - facts.pace_ratio) * 100)
    weeks = max(0, facts.weeks_off_pace - 1)
    return Reason("pace", True, f"{behind}% behind pace", days_open=weeks * 7)


def _contact(facts: Facts, at: Moment) -> Reason | None:
    days, limit = facts.days_since_contact, at.limit("contact")
    if days is None or days <= limit:
        return None
    told = f"{_days(days)} without contact"
    return Reason("contact", True, told, f"(limit {plain(limit)})", days - int(limit))


def _reply(facts: Facts, at: Moment) -> Reason | None:
    if facts.reply_due_at is None or facts.reply_due_at > at.now:
        return None
    late = at.now - facts.reply_due_at
    if late.total_seconds() < at.limit("reply") * 86400:
        return None
    told = f"Reply {spell_out(late.total_seconds())} late"
    return Reason("reply", True, told, facts.reply_text, late.days)


def _goals(facts: Facts, at: Moment) -> Reason | None:
    met, committed = facts.goals_met, facts.goals_committed
    if committed < FEWEST_GOALS or met / committed >= at.limit("goals"):
        return None
    return Reason("goals", True, f"{met} of {committed} weekly goals hit", "in the last 4 weeks")


def _no_goals(facts: Facts, at: Moment) -> Reason | None:
    if not at.limits.week_is_locked or facts.goals_this_week:
        return None
    return Reason("no_goals", False, "No weekly goals", f"for week {at.limits.week_number}")


def _ends(facts: Facts, at: Moment) -> Reason | None:
    if facts.ends_on is None or (facts.ends_on - at.today).days > at.limit("ends"):
        return None
    left = (facts.ends_on - at.today).days
    return Reason("ends", False, f"Leaves in {_days(left)}", "as the engagement stands")


def _reds(facts: Facts, at: Moment) -> Reason | None:
    if facts.red_streak < at.limit("reds"):
        return None
    days = 7 * (facts.red_streak - 1)
    return Reason("reds", True, f"{facts.red_streak} red weeks in a row", days_open=days)


def _disagree(facts: Facts, at: Moment) -> Reason | None:
    weeks = facts.weeks_light_disagrees
    if weeks < at.limit("disagree"):
        return None
    told = f"numbers are red for {weeks} weeks"
    return Reason("disagree", True, told, "while the light is green", 7 * (weeks - 1))


def _activity(facts: Facts, at: Moment) -> Reason | None:
    change = facts.activity
    if change is None or not activity_fell(change, at.limit("activity")):
        return None
    if change.of_median is None:
        return Reason("activity", False, "Activity fell", "far below the 8 weeks before")
    return Reason(
        "activity", False, f"Activity at {percent(change.of_median)}", "of the 8 weeks before"
    )


def activity_fell(change: ActivityChange, share: float = HALF) -> bool:
    """Far below what is usual for this client, or below a share of its middle week."""
    if change.state is ActivityState.LEARNING:
        return False
    far = change.z is not None and change.z < FAR_BELOW
    return far or (change.of_median is not None and change.of_median < share)


def _payment(facts: Facts, at: Moment) -> Reason | None:
    late = facts.payment_days_late
    if late is None or late <= at.limit("payment"):
        return None
    return Reason("payment", False, f"Payment {_days(late)} late", days_open=late)


def _notice(facts: Facts, at: Moment) -> Reason | None:
    if facts.notice_on is None:
        return None
    days = (at.today - facts.notice_on).days
    return Reason("notice", True, "Notice given", f"{_days(days)} ago", days)


def _sponsor(facts: Facts, at: Moment) -> Reason | None:
    if facts.sponsor_left_on is None:
        return None
    days = (at.today - facts.sponsor_left_on).days
    if days > at.limit("sponsor"):
        return None
    return Reason("sponsor", True, "The person who decides has left", f"{_days(days)} ago", days)


def _silence(facts: Facts, at: Moment) -> Reason | None:
    days, limit = facts.days_since_heard, at.limit("silence")
    if days is None or days <= limit:
        return None
    told = f"Nothing heard for {_days(days)}"
    return Reason("silence", False, told, f"(limit {plain(limit)})", days - int(limit))


def _breach(facts: Facts, at: Moment) -> Reason | None:
    if facts.replies_late < at.limit("breach"):
        return None
    told = f"{facts.replies_late} of {facts.replies_due} replies late"
    return Reason("breach", False, told, "in 90 days")


RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule("notice", "Notice given", "The client said that it leaves.", _notice),
        Rule(
            "reds",
            "Red weeks in a row",
            "Weekly lights marked red, up to now.",
            _reds,
            2,
            "weeks",
            13,
        ),
        Rule(
            "sponsor",
            "Sponsor left",
            "Somebody with the last word on the contract has left, in so many days.",
            _sponsor,
            90,
            "days",
        ),
        Rule(
            "pace",
            "Off pace",
            "Progress ÷ expected of the 90-day goal is below this.",
            _pace,
            BEHIND,
            "× of pace",
            2,
        ),
        Rule(
            "disagree",
            "Light is green, numbers are red",
            "Weeks in a row up to now in which the light was green while the goal was off pace.",
            _disagree,
            2,
            "weeks",
            13,
        ),
        Rule(
            "contact",
            "Days since contact",
            "Days since the client heard from us as a person are more than this.",
            _contact,
            None,
            "days",
        ),
        Rule(
            "reply",
            "Client's reply overdue",
            "A question waits longer than the agreement allows, by so many days.",
            _reply,
            0,
            "days",
        ),
        Rule(
            "goals",
            "Weekly goals hit",
            f"Met ÷ set in the last 4 weeks is below this, from {FEWEST_GOALS} goals on.",
            _goals,
            HIT_RATE_ALARM,
            "share",
            1,
        ),
        Rule(
            "breach",
            "Agreement broken",
            "Replies of the client that came late or never, of those due in 90 days: "
            "this many or more.",
            _breach,
            3,
            "replies",
        ),
        Rule(
            "payment",
            "Payment late",
            "Days since the oldest unpaid invoice was due are more than this.",
            _payment,
            7,
            "days",
        ),
        Rule(
            "activity",
            "Activity fell",
            "This full week ÷ the middle one of the 8 before is below this, or more "
            "than 2 standard deviations below their mean.",
            _activity,
            HALF,
            "share",
            1,
        ),
        Rule(
            "silence",
            "Client is silent",
            "Days since the client spoke with us or wrote are more than this.",
            _silence,
            30,
            "days",
        ),
        Rule(
            "ends",
            "Contract ends",
            "Days until the engagement ends are this many or fewer.",
            _ends,
            30,
            "days",
        ),
        Rule(
            "no_goals",
            "No weekly goals",
            "The week is locked and nothing was promised for it.",
            _no_goals,
        ),
    )
}


def default_limits(contact_standard_days: float) -> dict[str, float]:
    """What holds where nobody set anything."""
    found = {rule.key: rule.limit for rule in RULES.values() if rule.limit is not None}
    return {**found, "contact": contact_standard_days}


def sound_limit(rule: Rule, value: float) -> bool:
    """From 0 up to what makes sense; shares and paces may have decimals, counts may not."""
    whole = rule.unit in ("days", "weeks", "replies")
    return 0 <= value <= rule.highest and not (whole and value != rounded(value))


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
