"""The clients to talk about, with the reasons: who needs a decision, is off pace, or is silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from metrics.attention import Case
from metrics.dashboards.growth_review import worst_first
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, State
from metrics.dashboards.reason_rows import rows_of
from metrics.queries.week import Note
from tasks.models import Decision, Meeting, MeetingTurn


@dataclass(frozen=True, slots=True)
class Point:
    """One client on the agenda; `turn` is there once the meeting has begun."""

    line: Line
    case: Case | None
    turn: MeetingTurn | None
    decision: Decision | None
    note: Note | None
    why: SafeString
    url: str

    @property
    def slug(self) -> str:
        return self.line.who.slug

    @property
    def name(self) -> str:
        return self.line.who.name

    @property
    def is_done(self) -> bool:
        return self.turn is not None and self.turn.reviewed_at is not None

    @property
    def mark(self) -> State:
        if self.case:
            return "bad" if self.case.bad else "watch"
        return self.line.pace_state

    @property
    def note_version(self) -> int:
        return self.note.version if self.note else 0


def points_of(
    lines: Sequence[Line],
    cases: Mapping[int, Case],
    meeting: Meeting | None,
    notes: Mapping[int, Note],
    day: date,
    onward: Onward,
) -> list[Point]:
    """In the order that was fixed when the meeting began; before it begins, worst first."""
    by_id = {line.id: line for line in lines}
    turns, decisions = dict[int, MeetingTurn](), dict[int, Decision]()
    if meeting is None:
        order = [pk for pk, _state in to_talk_about(lines, cases)]
    else:
        turns = {turn.client_id: turn for turn in meeting.turns.order_by("place")}
        rows = meeting.decisions.select_related("owner", "weekly_goal")
        decisions = {row.client_id: row for row in rows}
        order = [pk for pk in turns if pk in by_id]
    return [
        Point(
            line=by_id[pk],
            case=cases.get(pk),
            turn=turns.get(pk),
            decision=decisions.get(pk),
            note=notes.get(pk),
            why=_why(by_id[pk], cases.get(pk), day, onward),
            url=onward.to("client", by_id[pk].who.slug),
        )
        for pk in order
    ]


def to_talk_about(lines: Sequence[Line], cases: Mapping[int, Case]) -> list[tuple[int, str]]:
    """Ids and paces of the clients that need a decision, and of those put off but off pace."""
    chosen = [line for line in lines if line.id in cases or _is_off(line)]
    severe = {line.id: line.id in cases and cases[line.id].bad for line in chosen}
    return sorted(worst_first(chosen), key=lambda one: not severe[one[0]])


def _is_off(line: Line) -> bool:
    return "bad" in (line.pace_state, line.contact_state)


def _why(line: Line, case: Case | None, day: date, onward: Onward) -> SafeString:
    """Every reason with the way to its rows; of a client that is put off, how it stands."""
    if case is None:
        words = [line.pace_words] if line.pace_state != "good" else []
        words += [line.contact_words] if line.contact_state == "bad" else []
        return format_html("{}", ", ".join(words)) if words else mark_safe("")
    parts = (
        (
            rows_of(one.rule, line.who.slug, day, onward),
            one.fact,
            f" {one.rest}" if one.rest else "",
        )
        for one in case.reasons
    )
    return format_html_join(", ", '<a class="quiet" href="{}"><b>{}</b></a>{}', parts)
