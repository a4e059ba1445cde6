"""What each rule asks of a client, and what it says when it is broken."""

from godview.templatetags.display import percent, plain, spell_out
from godview.translating.later import later as _
from godview.translating.later import later_counted, later_with, later_written
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
    return Reason("pace", True, _behind(behind), days_open=weeks * 7)


def contact(facts: Facts, at: Moment) -> Reason | None:
    days, limit = facts.days_since_contact, at.limit("contact")
    if days is None or days <= limit:
        return None
    told = later_counted("{number} day without contact", "{number} days without contact", days)
    return Reason("contact", True, told, _limit(limit), days - int(limit))


def reply(facts: Facts, at: Moment) -> Reason | None:
    if facts.reply_due_at is None or facts.reply_due_at > at.now:
        return None
    late = at.now - facts.reply_due_at
    if late.total_seconds() < at.limit("reply") * 86400:
        return None
    time = later_written(spell_out, late.total_seconds())
    told = later_with("Reply {time} late", time=time)
    return Reason("reply", True, told, facts.reply_text, late.days)


def goals(facts: Facts, at: Moment) -> Reason | None:
    met, committed = facts.goals_met, facts.goals_committed
    if committed < FEWEST_GOALS or met / committed >= at.limit("goals"):
        return None
    told = later_with("{met} of {committed} weekly goals hit", met=met, committed=committed)
    return Reason("goals", True, told, _("in the last 4 weeks"))


def no_goals(facts: Facts, at: Moment) -> Reason | None:
    if not at.limits.week_is_locked or facts.goals_this_week:
        return None
    week = later_with("for week {week}", week=at.limits.week_number)
    return Reason("no_goals", False, _("No weekly goals"), week)


def ends(facts: Facts, at: Moment) -> Reason | None:
    if facts.ends_on is None or (facts.ends_on - at.today).days > at.limit("ends"):
        return None
    left = (facts.ends_on - at.today).days
    told = later_counted("Leaves in {number} day", "Leaves in {number} days", left)
    return Reason("ends", False, told, _("as the engagement stands"))


def reds(facts: Facts, at: Moment) -> Reason | None:
    if facts.red_streak < at.limit("reds"):
        return None
    days = 7 * (facts.red_streak - 1)
    told = later_counted(
        "{number} red week in a row", "{number} red weeks in a row", facts.red_streak
    )
    return Reason("reds", True, told, days_open=days)


def disagree(facts: Facts, at: Moment) -> Reason | None:
    weeks = facts.weeks_light_disagrees
    if weeks < at.limit("disagree"):
        return None
    told = later_counted(
        "numbers are red for {number} week", "numbers are red for {number} weeks", weeks
    )
    return Reason("disagree", True, told, _("while the light is green"), 7 * (weeks - 1))


def activity(facts: Facts, at: Moment) -> Reason | None:
    change = facts.activity
    if change is None or not activity_fell(change, at.limit("activity")):
        return None
    if change.of_median is None:
        return Reason("activity", False, _("Activity fell"), _("far below the 8 weeks before"))
    told = later_with("Activity at {share}", share=later_written(percent, change.of_median))
    return Reason("activity", False, told, _("of the 8 weeks before"))


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
    told = later_counted("Payment {number} day late", "Payment {number} days late", late)
    return Reason("payment", False, told, days_open=late)


def notice(facts: Facts, at: Moment) -> Reason | None:
    if facts.notice_on is None:
        return None
    days = (at.today - facts.notice_on).days
    return Reason("notice", True, _("Notice given"), _ago(days), days)


def sponsor(facts: Facts, at: Moment) -> Reason | None:
    if facts.sponsor_left_on is None:
        return None
    days = (at.today - facts.sponsor_left_on).days
    if days > at.limit("sponsor"):
        return None
    return Reason("sponsor", True, _("The person who decides has left"), _ago(days), days)


def silence(facts: Facts, at: Moment) -> Reason | None:
    days, limit = facts.days_since_heard, at.limit("silence")
    if days is None or days <= limit:
        return None
    told = later_counted("Nothing heard for {number} day", "Nothing heard for {number} days", days)
    return Reason("silence", False, told, _limit(limit), days - int(limit))


def breach(facts: Facts, at: Moment) -> Reason | None:
    if facts.replies_late < at.limit("breach"):
        return None
    told = later_with(
        "{late} of {due} replies late", late=facts.replies_late, due=facts.replies_due
    )
    return Reason("breach", False, told, _("in 90 days"))


def moved(facts: Facts, at: Moment) -> Reason | None:
    if facts.deadlines_moved < at.limit("moved"):
        return None
    told = later_counted(
        "{number} deadline moved or made anew",
        "{number} deadlines moved or made anew",
        facts.deadlines_moved,
    )
    return Reason("moved", True, told, _("in 4 weeks, not agreed"))


def late(facts: Facts, at: Moment) -> Reason | None:
    days, limit = facts.tasks_late, int(at.limit("late"))
    if len(days) < limit:
        return None
    told = later_counted("{number} task overdue", "{number} tasks overdue", len(days))
    longest = later_counted("by up to {number} day", "by up to {number} days", days[0])
    since = days[limit - 1]  # since as many as that are late
    return Reason("late", False, told, longest, since)


def nps(facts: Facts, at: Moment) -> Reason | None:
    if facts.nps is None or facts.nps_on is None or facts.nps > at.limit("nps"):
        return None
    days = (at.today - facts.nps_on).days
    if days > NPS_DAYS:
        return None
    told = later_with("NPS answer {score}", score=later_written(plain, round(facts.nps, 1)))
    return Reason("nps", False, told, _ago(days), days)


def _behind(share: int) -> str:
    return later_with("{share} behind pace", share=later_written(percent, share / 100))


def _limit(limit: float) -> str:
    return later_with("(limit {limit})", limit=later_written(plain, limit))


def _ago(days: int) -> str:
    return later_counted("{number} day ago", "{number} days ago", days)
