"""The words of God View, each with one meaning: the glossary page, and tooltips beside the words.

How each number is counted stands in docs/definitions.md and behind "Why?".
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Term(NamedTuple):
    word: str | Promise
    meaning: str | Promise


TERMS: dict[str, Term] = {
    "client": Term(_("client"), _("A firm we serve, have served or hope to serve.")),
    "key-client": Term(_("key client"), _("A client whose week its manager marks with a light.")),
    "retainer": Term(_("retainer"), _("What a client pays us each month by agreement.")),
    "pod": Term(_("pod"), _("A small team, two managers and a designer, that serves its clients.")),
    "account-manager": Term(
        _("account manager"), _("The person who answers for a client and speaks with it.")
    ),
    "designer": Term(_("designer"), _("The person who plans and builds the tests of a pod.")),
    "contact": Term(
        pgettext_lazy("with a client", "contact"),
        _("A dated call, meeting, mail or message in which a client heard from one of us."),
    ),
    "days-since-contact": Term(
        _("days since contact"),
        _("Whole days since the client last heard from us. Reports and newsletters do not count."),
    ),
    "weekly-goal": Term(
        _("weekly goal"), _("What will be done for a client by Sunday. Its day is fixed.")
    ),
    "client-goal": Term(
        _("90-day goal"),
        _("One number of a client: where it stood, and where it must be in 90 days."),
    ),
    "pace": Term(
        _("pace"),
        _(
            "Progress of a 90-day goal ÷ what is expected by now. From 0.95 on pace, "
            "from 0.80 behind, below off pace."
        ),
    ),
    "light": Term(
        pgettext_lazy("traffic light", "light"),
        _(
            "How the manager saw a client’s week. Green: we moved it forward. "
            "Yellow: nothing happened. Red: we slipped."
        ),
    ),
    "promise": Term(
        pgettext_lazy("of a day", "promise"),
        _("A task with a due date, or a fixed weekly goal: its day never changes."),
    ),
    "postpone": Term(
        _("postpone"),
        _("To ask for another day, with a reason. Until it is approved the first day counts."),
    ),
    "finding": Term(
        _("finding"),
        _("A day that was moved, or a task that was deleted or made anew in Asana, as we read it."),
    ),
    "days-late": Term(_("days late"), _("Days from the promised day to the day it was done.")),
    "decision": Term(
        _("decision"),
        _("What a client on the attention list waits for: somebody sees to it, or it is put off."),
    ),
    "limit": Term(
        pgettext_lazy("of a rule", "limit"),
        _("The value at which a rule puts a client on the attention list."),
    ),
    "early-warning": Term(
        _("early warning"),
        _("A score from 0 to 100 of signs that came before clients left. Higher is worse."),
    ),
    "agreement": Term(
        _("agreement"),
        _("The rules a client signed: how fast it answers, and what follows if not."),
    ),
    "obligation": Term(
        _("obligation"), _("Something a client owes us by a time: an answer, or to attend.")
    ),
    "test": Term(
        pgettext_lazy("on a website", "test"),
        _("Two versions of a page shown at once. Won or lost only with the planned sample."),
    ),
    "tactic": Term(
        _("tactic"), _("Something tried to reach a goal, judged by a rule fixed before the start.")
    ),
    "pivot": Term(_("pivot"), _("A decided change of the way towards a 90-day goal.")),
    "retention": Term(
        _("client retention"),
        _("Of the clients at the start of a period, the share still served when it ends."),
    ),
    "churn": Term(_("churn"), _("The share of clients who left in a period: 1 minus retention.")),
    "mrr": Term(_("monthly recurring revenue"), _("The sum of what clients pay us each month.")),
    "lifetime-value": Term(
        _("lifetime value"), _("What a client is expected to bring while we serve it.")
    ),
    "activity": Term(_("activity"), _("How much we and the client did together lately.")),
    "capacity": Term(
        pgettext_lazy("of a client", "capacity"),
        _("How much a client could grow with us, as its manager judged it."),
    ),
    "rcm": Term(_("RCM"), _("Recency, capacity and money of a client, each from 1 to 5.")),
    "nps": Term(
        _("net promoter score"),
        _("Share who would recommend us (9 or 10) minus share who would not (0 to 6), in points."),
    ),
    "autopsy": Term(
        _("churn autopsy"), _("What we learn when a client left: why, and what we change.")
    ),
    "small-base": Term(
        _("small base"), _("Fewer than 20 cases: the share may be chance. Its counts stand beside.")
    ),
    "usual-range": Term(
        _("usual range"), _("Where a number lay in the weeks before; only outside it is news.")
    ),
}
