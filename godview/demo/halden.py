"""Halden Dental, week by week: the client whose page everybody is shown first."""

from datetime import date, timedelta

NAME = "Halden Dental"
GOAL_DAY = 54
# Day of the goal, and what a lead cost then: on pace at first, then behind, then off.
READINGS = (
    (0, 68), (8, 66.3), (15, 64.4), (23, 62.2), (31, 60.2), (39, 58.9), (46, 58.0), (54, 57.3),
)  # fmt: skip
OTHER_GOALS = (
    ("Booked consultations", "/ mo", 120, 210, 0.89),
    ("Landing page conversion", "%", 2.1, 3.0, 1.11),
)
# Weekly goals hit and set, from twelve weeks ago to last week.
WEEKS = (
    (2, 2), (2, 2), (1, 2), (2, 2), (2, 2), (1, 2), (2, 3), (2, 2), (1, 2), (1, 2), (2, 2), (1, 2),
)  # fmt: skip
# Days ago, how, and what was said.
CONTACTS = (
    (84, "call", "Weekly call, they like the new ads"), (82, "email", "Sent the week's results"),
    (80, "chat", "Which treatment comes first in autumn?"), (77, "call", "Weekly call"),
    (75, "email", "Ad copy for implants"), (70, "call", "Weekly call, cost per lead falls"),
    (67, "email", "Sent the week's results"), (63, "meeting", "Quarter review at their clinic"),
    (61, "email", "Minutes of the review"), (59, "call", "New 90-day goal agreed"),
    (55, "email", "The first goals of the new plan"), (49, "call", "Weekly call"),
    (46, "email", "Sent two variants of the ad copy"), (42, "call", "Weekly call, 22 min"),
    (39, "email", "Call recordings, three to listen to"), (34, "call", "Weekly call, 15 min"),
    (27, "email", "Explained why leads cost more"), (23, "email", "New form, first draft"),
    (20, "call", "Call, 18 min: the owner is worried about October"),
    (12, "chat", "Message to the owner, no answer since"),
)  # fmt: skip
# Name, then won (w), lost (l), no difference (n) or running (r), the oldest first.
TACTICS = (
    ("Search, brand defence", "Cost per click", "−15 %", "wwwl"),
    ("New hero form (CRO)", "Form starts", "+10 %", "wwlr"),
    ("Call-only ads", "Cost per call", "−10 %", "wllll"),
    ("Lookalike audiences", "Cost per lead", "−10 %", "lln"),
)
VERDICTS = {"w": "win", "l": "loss", "n": "inconclusive", "r": "running"}
WINDOW = 14


def tactics(client: str, manager: str, today: date) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for line, (name, metric, threshold, verdicts) in enumerate(TACTICS):
        for place, verdict in enumerate(verdicts):
            ended = today - timedelta(days=5 + 16 * (len(verdicts) - 1 - place) + 2 * line)
            running = verdict == "r"
            start = today - timedelta(days=9) if running else ended - timedelta(days=WINDOW + 1)
            rows.append(
                (client, manager, name, start, "" if running else ended, VERDICTS[verdict],
                 metric, threshold, WINDOW)
            )  # fmt: skip
    return rows
