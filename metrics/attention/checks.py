"""What each rule asks of a client, and what it says when it is broken."""

from godview.templatetags.display import percent, plain, spell_out
from metrics.attention.facts import Facts, Reason
from metrics.attention.rule import Moment
from metrics.formulas.activity import FAR_BELOW, HALF, ActivityChange, ActivityState
from metrics.formulas.pace import is_off

FEWEST_GOALS = 4  # below, one missed goal more or less would be an alarm
MOVED_DAYS = 28
REPLY_DAYS = 90
NPS_DAYS = 90


def pace(facts: Facts, at: Moment) -> Reason | None:
    judged = facts.pace_state is not None and facts.pace_state.is_judged
    if not judged or facts.pace_ratio is None or not is_off(facts.pace_ratio, at.limit("pace")):
        return None
    behind = round((1 - facts.pace_ratio) * 100)
    weeks = max(0, facts.weeks_off_pace - 1)
    return Reason("pace", True, f"{behind}% behind pace", days_open=weeks * 7)


def contact(facts: Facts, at: Moment) -> Reason | None:
    days, limit = facts.days_since_contact, at.limit("contact")
    if days is None or days <= limit:
        return None
    told = f"{_days(days)} without contact"
    return Reason("contact", True, told, f"(limit {plain(limit)})", days - int(limit))


def reply(facts: Facts, at: Moment) -> Reason | None:
    if facts.reply_due_at is None or facts.reply_due_at > at.now:
        return None
    late = at.now - facts.reply_due_at
    if late.total_seconds() < at.limit("reply") * 86400:
        return None
    told = f"Reply {spell_out(late.total_seconds())} late"
    return Reason("reply", True, told, facts.reply_text, late.days)


def goals(facts: Facts, at: Moment) -> Reason | None:
    met, committed = facts.goals_met, facts.goals_committed
    if committed < FEWEST_GOALS or met / committed >= at.limit("goals"):
        return None
    return Reason("goals", True, f"{met} of {committed} weekly goals hit", "in the last 4 weeks")


def no_goals(facts: Facts, at: Moment) -> Reason | None:
    if not at.limits.week_is_locked or facts.goals_this_week:
        return None
    return Reason("no_goals", False, "No weekly goals", f"for week {at.limits.week_number}")


def ends(facts: Facts, at: Moment) -> Reason | None:
    if facts.ends_on is None or (facts.ends_on - at.today).days > at.limit("ends"):
        return None
    left = (facts.ends_on - at.today).days
    return Reason("ends", False, f"Leaves in {_days(left)}", "as the engagement stands")


def reds(facts: Facts, at: Moment) -> Reason | None:
    if facts.red_streak < at.limit("reds"):
        return None
    days = 7 * (facts.red_streak - 1)
    return Reason("reds", True, f"{facts.red_streak} red weeks in a row", days_open=days)


def disagree(facts: Facts, at: Moment) -> Reason | None:
    weeks = facts.weeks_light_disagrees
    if weeks < at.limit("disagree"):
        return None
    told = f"numbers are red for {weeks} weeks"
    return Reason("disagree", True, told, "while the light is green", 7 * (weeks - 1))


def activity(facts: Facts, at: Moment) -> Reason | None:
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


def payment(facts: Facts, at: Moment) -> Reason | None:
    late = facts.payment_days_late
    if late is None or late <= at.limit("payment"):
        return None
    return Reason("payment", False, f"Payment {_days(late)} late", days_open=late)


def notice(facts: Facts, at: Moment) -> Reason | None:
    if facts.notice_on is None:
        return None
    days = (at.today - facts.notice_on).days
    return Reason("notice", True, "Notice given", f"{_days(days)} ago", days)


def sponsor(facts: Facts, at: Moment) -> Reason | None:
    if facts.sponsor_left_on is None:
        return None
    days = (at.today - facts.sponsor_left_on).days
    if days > at.limit("sponsor"):
        return None
    return Reason("sponsor", True, "The person who decides has left", f"{_days(days)} ago", days)


def silence(facts: Facts, at: Moment) -> Reason | None:
    days, limit = facts.days_since_heard, at.limit("silence")
    if days is None or days <= limit:
        return None
    told = f"Nothing heard for {_days(days)}"
    return Reason("silence", False, told, f"(limit {plain(limit)})", days - int(limit))


def breach(facts: Facts, at: Moment) -> Reason | None:
    if facts.replies_late < at.limit("breach"):
        return None
    told = f"{facts.replies_late} of {facts.replies_due} replies late"
    return Reason("breach", False, told, "in 90 days")


def moved(facts: Facts, at: Moment) -> Reason | None:
    if facts.deadlines_moved < at.limit("moved"):
        return None
    told = "1 deadline" if facts.deadlines_moved == 1 else f"{facts.deadlines_moved} deadlines"
    return Reason("moved", True, f"{told} moved or made anew", "in 4 weeks, not agreed")


def late(facts: Facts, at: Moment) -> Reason | None:
    days, limit = facts.tasks_late, int(at.limit("late"))
    if len(days) < limit:
        return None
    told = "1 task" if len(days) == 1 else f"{len(days)} tasks"
    since = days[limit - 1]  # since as many as that are late
    return Reason("late", False, f"{told} overdue", f"by up to {_days(days[0])}", since)


def nps(facts: Facts, at: Moment) -> Reason | None:
    if facts.nps is None or facts.nps_on is None or facts.nps > at.limit("nps"):
        return None
    days = (at.today - facts.nps_on).days
    if days > NPS_DAYS:
        return None
    return Reason(
        "nps", False, f"NPS answer {plain(round(facts.nps, 1))}", f"{_days(days)} ago", days
    )


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
