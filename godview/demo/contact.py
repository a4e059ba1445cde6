"""How often the agency was in touch with each client, and with whom."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from godview.demo import halden
from godview.demo.life import Life
from godview.demo.teams import Teams
from godview.demo.texts import HEARD, JOB_TITLES, SAID
from godview.demo.words import FAMILY, GIVEN
from godview.periods import WEEK, monday_of

Row = tuple[object, ...]
# Mean days between two contacts while things go normally, and since the last one today.
RHYTHM = {
    "Andes": (4.4, 3.1), "Boreal": (5.2, 3.6), "Cobalt": (8.6, 5.6), "Delta": (4.5, 3.2),
    "Ember": (6.0, 4.4), "Fjord": (5.4, 3.9), "Garnet": (6.2, 4.6),
}  # fmt: skip
USUAL_RHYTHM = (5.5, 4.0)
BEFORE_THE_PROCESS = 2.0
SILENT = {"Cobalt": (13, 16), "Garnet": (12,), "Ember": (19,)}
STANDARD_DAYS = 10
HEARD_AFTER = 0.55  # how likely a client writes too, between two contacts of ours
USUAL_WEEK = 3  # contacts of the last full week, where nothing is the matter
CHANNELS, SHARES = ("call", "email", "meeting", "chat", "sms"), (36, 34, 12, 14, 4)


class Conversations:
    def __init__(
        self, lives: list[Life], teams: Teams, better_since: date, today: date, dice: random.Random
    ) -> None:
        self.lives, self.teams, self.today, self.dice = lives, teams, today, dice
        self.better_since = better_since
        self.silence = self._silence_today()

    def touchpoints(self, since: date) -> Iterator[Row]:
        for life in self.lives:
            for spell in life.spells:
                first, end = max(spell.start, since), spell.end or self.today
                if first < end:
                    yield from self._with(life, first, end, goes_on=spell.end is None)

    def people(self) -> Iterator[Row]:
        for life in self.lives:
            for place in range(1 if self.dice.random() < 0.6 else 2):
                name = f"{self.dice.choice(GIVEN)} {self.dice.choice(FAMILY)}"
                title = JOB_TITLES[0] if place == 0 else self.dice.choice(JOB_TITLES[1:])
                yield life.id, name, title, "yes" if place == 0 else "no"

    # -- one client ------------------------------------------

    def _with(self, life: Life, first: date, end: date, goes_on: bool) -> Iterator[Row]:
        last = self.today - timedelta(days=self.silence[life.id]) if goes_on else end
        if life.name == halden.NAME:
            yield from self._with_halden(life)
            last, goes_on = self.today - timedelta(days=halden.CONTACTS[0][0] + 3), False
        day, lately, monday = first, 0, monday_of(self.today) - WEEK
        while day < last:
            if day.weekday() < 5 and not life.paused_on(day):
                lately += day >= monday
                yield self._touch(life, day)
            if self.dice.random() < HEARD_AFTER:
                lately += day >= monday
                yield self._heard(life, day)
            day += timedelta(days=self._until_the_next(life, day))
        if goes_on:
            yield from self._catching_up(life, max(first, monday), last, USUAL_WEEK - lately)
        if goes_on and last >= first:
            yield self._touch(life, last)
        yield from self._automatic(life, first, end)

    def _catching_up(self, life: Life, monday: date, last: date, missing: int) -> Iterator[Row]:
        """A usual week for who is in touch: that nothing happened in it would be an alarm."""
        if (self.today - last).days > STANDARD_DAYS or life.paused_on(monday):
            return
        week = [monday + timedelta(days=n) for n in range(5)]
        open_days = [day for day in week if day < last]
        for day in open_days[-max(0, missing) :] if missing > 0 else []:
            yield self._touch(life, day)
        if open_days and missing >= 0:
            yield self._heard(life, open_days[-1])

    def _with_halden(self, life: Life) -> Iterator[Row]:
        for days, channel, said in halden.CONTACTS:
            at = self._at(self.today - timedelta(days=days))
            yield life.id, at, channel, "outbound", self.teams.id_of(life.manager), said, "no"

    def _until_the_next(self, life: Life, day: date) -> int:
        mean = RHYTHM.get(life.pod, USUAL_RHYTHM)[0]
        if day < self.better_since:
            mean *= BEFORE_THE_PROCESS
        return max(1, min(24, round(self.dice.gammavariate(3, mean / 3))))

    def _touch(self, life: Life, day: date) -> Row:
        channel = self.dice.choices(CHANNELS, SHARES)[0]
        staff = self.teams.id_of(life.manager_on(day, self.teams.reorganised_on))
        said = self.dice.choice(SAID[channel])
        return life.id, self._at(day), channel, "outbound", staff, said, "no"

    def _heard(self, life: Life, day: date) -> Row:
        channel = self.dice.choice(("email", "chat"))
        return life.id, self._at(day, 17), channel, "inbound", "", self.dice.choice(HEARD), "no"

    def _automatic(self, life: Life, first: date, end: date) -> Iterator[Row]:
        """The monthly report and, now and then, a call that nobody answered: not contact."""
        month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        while month < end:
            yield life.id, f"{month} 07:00", "report", "outbound", "", "Monthly report", "yes"
            if self.dice.random() < 0.1:
                missed = month + timedelta(days=self.dice.randint(1, 20))
                if missed < end and missed < self.today:
                    staff = self.teams.id_of(life.manager_on(missed, self.teams.reorganised_on))
                    yield life.id, self._at(missed), "missed_call", "outbound", staff, "", "no"
            month = (month + timedelta(days=32)).replace(day=1)

    def _at(self, day: date, hour: int | None = None) -> str:
        """An hour of the working day; today only early, so that it has been already."""
        if day == self.today:
            return f"{day} 08:{self.dice.randint(0, 59):02}"
        return f"{day} {hour or self.dice.randint(9, 16):02}:{self.dice.randint(0, 59):02}"

    # -- today ------------------------------------------

    def _silence_today(self) -> dict[str, int]:
        """Days since the last contact for everybody who is served; a few are over the standard."""
        silent = {pod: list(days) for pod, days in SILENT.items()}
        if len(self.lives) < 100:
            silent = {}
        found = {}
        for life in self.lives:
            if not life.is_served:
                continue
            age = (self.today - life.spells[-1].start).days
            if life.character:
                days = life.character.silent_days
            elif age > 40 and not life.pauses and silent.get(life.pod):
                days = silent[life.pod].pop()
            else:
                days = self._usual_silence(life.pod)
            found[life.id] = min(days, age)
        return found

    def _usual_silence(self, pod: str) -> int:
        """Within the standard, and hardly ever a weekend."""
        mean = RHYTHM.get(pod, USUAL_RHYTHM)[1]
        while True:
            days = min(STANDARD_DAYS, round(self.dice.gammavariate(2.2, mean / 2.2)))
            weekend = (self.today - timedelta(days=days)).weekday() >= 5
            if not weekend or self.dice.random() < 0.1:
                return days
