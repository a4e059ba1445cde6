"""What the demo agency teaches its people, and how each of them did."""

from dataclasses import dataclass, field

MANAGERS, DIRECTORS, DESIGNERS = "account_manager", "account_director", "designer"
SALES, MARKETING, EVERYBODY = "salesperson", "marketing", ""
Choices = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Asked:
    text: str
    choices: Choices
    kind: str = "single"


@dataclass(frozen=True)
class Lesson:
    title: str
    summary: str
    body: str
    roles: tuple[str, ...]
    questions: tuple[Asked, ...]
    months_valid: int | None = None
    taught_since_days: int = 420
    new_version_days_ago: int | None = None
    """When a second version opened it again, if one did."""
    failed_by: tuple[str, ...] = ()
    not_begun_by: tuple[str, ...] = ()
    expired_for: tuple[str, ...] = field(default=())


def yes_or_no(text: str, right: bool) -> Asked:
    return Asked(text, (("True", right), ("False", not right)), "true_false")


LESSONS = (
    Lesson(
        "Ten days at most",
        "Keep every client in touch with us, and know what counts as contact.",
        "A client hears from us as a person at least every ten days: by phone, in a meeting, by "
        "e-mail, SMS or chat.\n\nAn automatic report is not contact. Neither is a missed call.",
        (MANAGERS, DIRECTORS),
        (
            Asked(
                "Which of these counts as contact?",
                (
                    ("A call in which we spoke", True),
                    ("An e-mail that one of us wrote", True),
                    ("The automatic monthly report", False),
                    ("A call that nobody answered", False),
                ),
                "multiple",
            ),
            Asked(
                "After how many days without contact is a client over our standard?",
                (("7", False), ("10", True), ("14", False), ("30", False)),
            ),
            yes_or_no("A newsletter starts the ten days anew.", False),
        ),
    ),
    Lesson(
        "Weekly goals and the 90-day goal",
        "Set goals for a week that move the number agreed for 90 days.",
        "Goals are set until Monday noon and end on Sunday. Their words are fixed from then on.\n\n"
        "Each goal serves a 90-day goal of the client, or openly none.",
        (MANAGERS,),
        (
            Asked(
                "Until when may a goal of this week be changed?",
                (("Monday noon", True), ("Wednesday", False), ("Sunday", False)),
            ),
            yes_or_no("A goal that was not met may be deleted from last week.", False),
            Asked(
                "A better idea comes up on Wednesday. What do you do?",
                (
                    ("Add it: it is shown as unplanned", True),
                    ("Write it over one of Monday's goals", False),
                    ("Move Monday's goal to next week", False),
                ),
            ),
        ),
        failed_by=("Ana Ruiz", "Rui Silva"),
        not_begun_by=("Per Lind",),
    ),
    Lesson(
        "PPC campaigns, the standard way",
        "Build a search campaign so that a colleague can take it over tomorrow.",
        "Names follow client, place, theme. Brand and other terms never share a campaign.\n\n"
        "Every campaign has a call-tracking number and a negative list from the first day.",
        (MANAGERS, MARKETING),
        (
            Asked(
                "What belongs in every campaign from the first day?",
                (
                    ("A negative list", True),
                    ("Call tracking", True),
                    ("Broad match on everything", False),
                ),
                "multiple",
            ),
            yes_or_no("Brand terms get a campaign of their own.", True),
            Asked(
                "Who must be able to read a campaign's name?",
                (
                    ("Only its manager", False),
                    ("Any colleague", True),
                    ("Only the client", False),
                ),
            ),
        ),
        not_begun_by=("Yuki Tanaka",),
    ),
    Lesson(
        "When a test has won",
        "Read a landing-page test without fooling yourself or the client.",
        "A test is judged when its planned sample is reached, not earlier.\n\nNo difference is a "
        "result too: write it down.",
        (DESIGNERS, DIRECTORS),
        (
            Asked(
                "When do you judge a test?",
                (
                    ("When the planned sample is reached", True),
                    ("As soon as it looks won", False),
                    ("Every Friday", False),
                ),
            ),
            yes_or_no("An interval that crosses zero is a small win.", False),
            Asked(
                "A test reached 62% of its sample and leads by 5%. It is",
                (("won", False), ("running", True), ("no difference", False)),
            ),
        ),
        new_version_days_ago=9,
        failed_by=("Ines Faro",),
    ),
    Lesson(
        "The expectation agreement",
        "Explain to a client what we expect of each other, and what happens without an answer.",
        "The client answers within one business day of their own calendar. Without an answer we "
        "go ahead with what we think best.\n\nWe say so before the work begins, not after.",
        (MANAGERS, DIRECTORS, SALES),
        (
            Asked(
                "A question is asked on Friday at 16:00. When is the answer due?",
                (
                    ("Saturday 16:00", False),
                    ("Monday 16:00", True),
                    ("Monday 9:00", False),
                ),
            ),
            yes_or_no("An out-of-office reply stops the clock.", False),
            yes_or_no("The client's public holidays count.", True),
        ),
        not_begun_by=("Tess Waller",),
    ),
    Lesson(
        "Clients' data",
        "Keep what clients entrust to us safe, and know whom to call when something happened.",
        "Access is personal and ends on the last day. Lists of people never travel by e-mail.\n\n"
        "A leak is told to Jo Dahl within the hour.",
        (EVERYBODY,),
        (
            yes_or_no("A shared password is fine within a pod.", False),
            Asked(
                "A list with names went to the wrong client. What comes first?",
                (
                    ("Tell Jo Dahl within the hour", True),
                    ("Ask the client to delete it", False),
                    ("Wait whether somebody notices", False),
                ),
            ),
        ),
        months_valid=12,
        taught_since_days=700,
        expired_for=("Ed Marsh",),
    ),
)
