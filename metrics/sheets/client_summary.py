"""One page of paper about one client: the facts of its page, as of a moment."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from metrics.sheets.pens import Pen, register_fonts

WIDTH, HEIGHT, MARGIN = 595.28, 841.89, 40.0  # A4 in points
INNER = WIDTH - 2 * MARGIN
INK2, INK3, LINE, TRACK = "#41504a", "#5a6862", "#d6dbd2", "#e9ece5"
COLOURS = {"good": "#3f9678", "watch": "#a06a00", "bad": "#c23a1c", "none": "#7b8780"}


@dataclass(frozen=True)
class RuleRow:
    state: str
    name: str
    told: str
    limit: str
    since: str


@dataclass(frozen=True)
class GoalRow:
    state: str
    name: str
    way: str
    now: str
    verdict: str
    progress: float | None
    expected: float | None


@dataclass(frozen=True)
class Block:
    """A heading and a few lines; the second of a pair stands at the right."""

    heading: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Summary:
    agency: str
    as_of: str
    name: str
    verdict: str
    lead: str
    facts: Sequence[tuple[str, str]]
    why: str
    rules: Sequence[RuleRow]
    goals_heading: str
    goals: Sequence[GoalRow]
    weeks_heading: str
    weeks: Sequence[Sequence[str]]  # the head, then a row each
    blocks: Sequence[Block] = field(default_factory=list)


def client_summary_pdf(summary: Summary) -> bytes:
    """A4, one page, whatever the client has: what does not fit was left out by who filled it."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    paper = BytesIO()
    canvas = Canvas(paper, pagesize=(WIDTH, HEIGHT), pageCompression=1)
    canvas.setTitle(f"{summary.name}, {summary.as_of}")
    canvas.setAuthor(summary.agency)
    _Sheet(canvas, summary).draw()
    canvas.showPage()
    canvas.save()
    return paper.getvalue()


class _Sheet:
    def __init__(self, canvas: Any, summary: Summary) -> None:
        self.canvas, self.pen, self.summary = canvas, Pen(canvas), summary
        self.y = HEIGHT - MARGIN

    def draw(self) -> None:
        self._head()
        self._facts()
        self._rules()
        self._goals()
        self._weeks()
        self._blocks()

    def _head(self) -> None:
        told, pen = self.summary, self.pen
        pen.write(MARGIN, self.y, told.agency, 9, bold=True, ink=INK2, within=INNER / 2)
        pen.write(WIDTH - MARGIN, self.y, told.as_of, 8, ink=INK3, right=True, within=INNER / 2)
        self.y -= 26
        used = pen.write(MARGIN, self.y, told.name, 20, bold=True, within=INNER - 120)
        pen.write(MARGIN + used + 12, self.y, told.verdict, 10, bold=True, within=120)
        self.y -= 15
        pen.write(MARGIN, self.y, told.lead, 9, ink=INK2, within=INNER)
        self.y -= 12

    def _facts(self) -> None:
        step = INNER / max(1, len(self.summary.facts))
        self._rule()
        for place, (label, value) in enumerate(self.summary.facts):
            x = MARGIN + place * step
            self.pen.write(x, self.y - 11, label, 7, ink=INK3, within=step - 6)
            self.pen.write(x, self.y - 22, value, 8.5, bold=True, within=step - 6)
        self.y -= 30

    def _rules(self) -> None:
        if not self.summary.rules:
            return
        self._heading(self.summary.why)
        columns = (12.0, 150.0, 330.0, 440.0)
        for row in self.summary.rules:
            self._mark(row.state, MARGIN, self.y)
            cells = (row.name, row.told, row.limit, row.since)
            ends = (*columns[1:], INNER)
            for text, start, end in zip(cells, columns, ends, strict=True):
                self.pen.write(MARGIN + start, self.y, text, 8.5, within=end - start - 6)
            self._next_row()

    def _goals(self) -> None:
        self._heading(self.summary.goals_heading)
        for row in self.summary.goals:
            self._mark(row.state, MARGIN, self.y)
            self.pen.write(MARGIN + 12, self.y, row.name, 8.5, bold=True, within=156)
            self.pen.write(MARGIN + 176, self.y, row.way, 8.5, ink=INK2, within=92)
            self._pace(row, MARGIN + 274, self.y, 76)
            self.pen.write(MARGIN + 362, self.y, row.now, 8.5, within=82)
            self.pen.write(WIDTH - MARGIN, self.y, row.verdict, 8.5, right=True, within=68)
            self._next_row()

    def _pace(self, row: GoalRow, x: float, y: float, width: float) -> None:
        self._box(x, y, width, 5, TRACK)
        if row.progress is not None:
            self._box(x, y, width * min(1.0, max(0.0, row.progress)), 5, COLOURS[row.state])
        if row.expected is not None:
            self._box(x + width * min(1.0, row.expected) - 0.75, y - 3, 1.5, 11, "#14201c")

    def _weeks(self) -> None:
        self._heading(self.summary.weeks_heading)
        step = (INNER - 110) / 13
        for place, row in enumerate(self.summary.weeks):
            self.pen.write(MARGIN, self.y, row[0], 8, ink=INK2, within=106)
            for week, text in enumerate(row[1:]):
                right = MARGIN + 110 + (week + 1) * step - 4
                if text in COLOURS:
                    self._mark(text, right - 8, self.y)
                else:
                    self.pen.write(right, self.y, text, 8, right=True, ink=INK2, bold=not place)
            self._next_row()

    def _blocks(self) -> None:
        """Two columns, the next block always into the shorter one."""
        width = (INNER - 20) / 2
        tops = [self.y, self.y]
        for block in self.summary.blocks:
            column = 0 if tops[0] >= tops[1] else 1
            x, self.y = MARGIN + column * (width + 20), tops[column]
            self._heading(block.heading, x, width)
            for left, right in block.lines:
                if self.y < MARGIN:
                    break
                used = self.pen.write(x + width, self.y, right, 8, ink=INK3, right=True, within=120)
                self.pen.write(x, self.y, left, 8.5, within=width - used - 8)
                self.y -= 12
            tops[column] = self.y

    def _heading(self, text: str, x: float = MARGIN, width: float = INNER) -> None:
        self.y -= 12
        self.pen.write(x, self.y, text, 10, bold=True, within=width)
        self.y -= 4
        self._rule(x, width)
        self.y -= 10

    def _next_row(self) -> None:
        self.y -= 13

    def _rule(self, x: float = MARGIN, width: float = INNER) -> None:
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x, self.y, x + width, self.y)

    def _box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def _mark(self, state: str, x: float, y: float) -> None:
        """Ring, triangle, square or a dashed ring, as on the screen."""
        canvas = self.canvas
        canvas.setStrokeColor(COLOURS[state])
        canvas.setFillColor(COLOURS[state])
        canvas.setLineWidth(1)
        if state == "bad":
            canvas.rect(x, y, 6, 6, stroke=0, fill=1)
        elif state == "watch":
            path = canvas.beginPath()
            path.moveTo(x, y)
            path.lineTo(x + 7, y)
            path.lineTo(x + 3.5, y + 6.5)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)
        else:
            canvas.setDash(*((1, 1.5) if state == "none" else ()))
            canvas.circle(x + 3.2, y + 3, 2.8, stroke=1, fill=0)
            canvas.setDash()
