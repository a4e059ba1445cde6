"""Every rule of the attention list: its name, its formula in words, its limit, its check."""

from godview.translating.later import later as _
from godview.translating.later import later_counted
from metrics.attention import checks
from metrics.attention.rule import POINTS, SHARE, TIMES, Rule
from metrics.formulas.activity import HALF
from metrics.formulas.pace import BEHIND, ON_PACE

HIT_RATE_ALARM = 0.5

RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule("notice", _("Notice given"), _("The client said that it leaves."), checks.notice),
        Rule(
            "reds",
            _("Red weeks in a row"),
            _("Weekly lights marked red, up to now."),
            checks.reds,
            2,
            _("weeks"),
            13,
            lowest=1,
        ),
        Rule(
            "sponsor",
            _("Sponsor left"),
            _("Somebody with the last word on the contract has left, in so many days."),
            checks.sponsor,
            90,
            _("days"),
        ),
        Rule(
            "pace",
            _("Off pace"),
            _("Progress ÷ expected of the 90-day goal is below this."),
            checks.pace,
            BEHIND,
            TIMES,
            ON_PACE,
        ),
        Rule(
            "disagree",
            _("Light is green, numbers are red"),
            _("Weeks in a row up to now in which the light was green while the goal was off pace."),
            checks.disagree,
            2,
            _("weeks"),
            13,
            lowest=1,
        ),
        Rule(
            "contact",
            _("Days since contact"),
            _("Days since the client heard from us as a person are more than this."),
            checks.contact,
            None,
            _("days"),
        ),
        Rule(
            "reply",
            _("Client's reply overdue"),
            _("A question waits longer than the agreement allows, by so many days."),
            checks.reply,
            0,
            _("days"),
        ),
        Rule(
            "goals",
            _("Weekly goals hit"),
            later_counted(
                "Met ÷ set in the last 4 weeks is below this, from {number} goal on.",
                "Met ÷ set in the last 4 weeks is below this, from {number} goals on.",
                checks.FEWEST_GOALS,
            ),
            checks.goals,
            HIT_RATE_ALARM,
            SHARE,
            1,
        ),
        Rule(
            "breach",
            _("Agreement broken"),
            _(
                "Replies of the client that came late or never, of those due in 90 days: "
                "this many or more."
            ),
            checks.breach,
            3,
            _("replies"),
            lowest=1,
        ),
        Rule(
            "moved",
            _("Deadlines moved"),
            _(
                "Promises whose day was moved or taken away, or whose task was deleted or made "
                "anew, in 4 weeks and without an approval: this many or more."
            ),
            checks.moved,
            2,
            _("promises"),
            lowest=1,
        ),
        Rule(
            "late",
            _("Tasks overdue"),
            _("Open tasks whose agreed day has passed: this many or more."),
            checks.late,
            5,
            _("tasks"),
            lowest=1,
        ),
        Rule(
            "nps",
            _("Low NPS answer"),
            _(
                "The mean of the newest answers of the client's people, given in the last 90 days, "
                "is this or less."
            ),
            checks.nps,
            6,
            POINTS,
            10,
        ),
        Rule(
            "payment",
            _("Payment late"),
            _("Days since the oldest unpaid invoice was due are more than this."),
            checks.payment,
            7,
            _("days"),
        ),
        Rule(
            "activity",
            _("Activity fell"),
            _(
                "This full week ÷ the middle one of the 8 before is below this, or more "
                "than 2 standard deviations below their mean."
            ),
            checks.activity,
            HALF,
            SHARE,
            1,
        ),
        Rule(
            "silence",
            _("Client is silent"),
            _("Days since the client spoke with us or wrote are more than this."),
            checks.silence,
            30,
            _("days"),
        ),
        Rule(
            "ends",
            _("Contract ends"),
            _("Days until the engagement ends are this many or fewer."),
            checks.ends,
            30,
            _("days"),
        ),
        Rule(
            "no_goals",
            _("No weekly goals"),
            _("The week is locked and nothing was promised for it."),
            checks.no_goals,
        ),
    )
}


def default_limits(contact_standard_days: float) -> dict[str, float]:
    """What holds where nobody set anything."""
    found = {rule.key: rule.limit for rule in RULES.values() if rule.limit is not None}
    return {**found, "contact": contact_standard_days}
