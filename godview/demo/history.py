"""The life of every client: won, served by whom, on hold, lost, won back."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from godview.demo.cast import CAST, Character
from godview.demo.life import Life, Spell
from godview.demo.plan import Month, Plan
from godview.demo.teams import PREDECESSOR, Team, Teams
from godview.demo.words import COUNTRIES, STEMS, TRADES
from godview.periods import add_months

LONG_PAUSE_BEGAN = timedelta(days=110)
SHORT_PAUSES = (20, 45)
WHY_PAUSED = (
    "Shop closed for rebuilding",
    "Waiting for the new website",
    "Budget frozen until the new year",
    "Owner on parental leave",
    "Season over, back in spring",
    "Change of owner",
)


class History:
    """Plays the plan month by month; the same dice give the same lives."""

    def __init__(self, plan: Plan, teams: Teams, today: date, dice: random.Random) -> None:
        self.plan, self.teams, self.today, self.dice = plan, teams, today, dice
        self.lives: list[Life] = []
        self.names = self._client_names()
        self.waiting = sorted(CAST, key=lambda person: -person.months_with_us)
        self.on_long_hold: list[tuple[int, Life]] = []

    def play(self) -> list[Life]:
        first = self.plan.months[0].start
        for _ in range(self.plan.at_start):
            self._win(first - timedelta(days=self.dice.randint(30, 700)))
        for number, month in enumerate(self.plan.months):
            if month.start == self.teams.reorganised_on:
                self._reorganise(month.start)
            returned = self._come_back(number, month)
            for _ in range(month.adds + month.returns - returned):
                self._win(self._some_day(month), month)
            self._lose_some(number, month)
        self._pause_some()
        self.lives.sort(key=lambda life: (life.start, life.name))
        for number, life in enumerate(self.lives, start=1):
            life.id = f"C-{number:03}"
        return self.lives

    # -- won ------------------------------------------

    def _win(self, day: date, month: Month | None = None) -> None:
        character = self._character_of(month) if month else None
        if character and month:
            began = max(self._began(character), month.start + timedelta(days=1))
            self.lives.append(self._known(character, began))
        else:
            self.lives.append(self._unknown(day))

    def _character_of(self, month: Month) -> Character | None:
        """Who of the cast is due: in their own month, or later where that one was full."""
        if self.waiting and self._began(self.waiting[0]) <= month.end:
            return self.waiting.pop(0)
        return None

    def _began(self, character: Character) -> date:
        day = add_months(self.today, -character.months_with_us) - timedelta(days=4)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def _known(self, character: Character, day: date) -> Life:
        pod = self.teams.pod(character.pod)
        if pod is None or pod.founded_on > day:
            pod = self._emptiest_pod(day)
        manager = character.manager if character.manager in pod.managers else self._freest(pod, day)
        return Life(
            "", character.name, character.trade, character.country, character.time_zone,
            pod.name, manager, [Spell(day)], character,
        )  # fmt: skip

    def _unknown(self, day: date) -> Life:
        name, trade = next(self.names)
        country, zone, _ = self.dice.choices(COUNTRIES, [weight for *_, weight in COUNTRIES])[0]
        pod = self._emptiest_pod(day)
        return Life("", name, trade, country, zone, pod.name, self._freest(pod, day), [Spell(day)])

    def _emptiest_pod(self, day: date) -> Team:
        load = Counter(life.pod for life in self.lives if life.is_served)
        known = Counter(person.pod for person in self.waiting)
        pods = self.teams.founded_by(max(day, self.plan.months[0].start))
        return min(pods, key=lambda pod: (load[pod.name] + known[pod.name] // 2, pod.id))

    def _freest(self, pod: Team, day: date) -> str:
        """Ana Ruiz has twelve clients of her own; others of her pod go to her colleague."""
        if pod.name == "Cobalt":
            return "Per Lind" if day >= self.teams.reorganised_on else PREDECESSOR
        load = Counter(life.manager for life in self.lives if life.is_served)
        return min(pod.managers, key=lambda name: (load[name], name))

    # -- moved ------------------------------------------

    def _reorganise(self, day: date) -> None:
        """New pods take clients over from those that have the most."""
        served = [life for life in self.lives if life.is_served]
        for life in served:
            if life.manager == PREDECESSOR:
                self._move(life, life.pod, "Per Lind")
        new = [pod for pod in self.teams.pods if pod.founded_on == day]
        fair = len(served) // len(self.teams.pods)
        for pod in new:
            for life in self._movable(served, fair)[:fair]:
                own = life.character.manager if life.character else ""
                manager = own if own in pod.managers else self._freest(pod, day)
                self._move(life, pod.name, manager)
        for life in served:
            wished = self.teams.pod(life.character.pod) if life.character else None
            if wished and wished in new and life.character:
                self._move(life, wished.name, life.character.manager)

    def _movable(self, served: list[Life], fair: int) -> list[Life]:
        """One after another from the fullest pods, without those that belong where they are."""
        by_pod: dict[str, list[Life]] = {}
        for life in served:
            if life.character is None:
                by_pod.setdefault(life.pod, []).append(life)
        spare = [lives[fair - 2 :] for lives in by_pod.values() if len(lives) > fair - 2]
        in_turns = itertools.chain.from_iterable(itertools.zip_longest(*spare))
        return [life for life in in_turns if life is not None]

    def _move(self, life: Life, pod: str, manager: str) -> None:
        life.first_home = life.first_home or (life.pod, life.manager)
        life.pod, life.manager = pod, manager

    # -- lost and won back ------------------------------------------

    def _lose_some(self, number: int, month: Month) -> None:
        left = month.losses
        if left and len(self.lives) > 40 and self._long_hold_begins(number, month):
            self._hold_long(number, month)
            left -= 1
        for _ in range(left):
            life = self._who_leaves(month)
            if life is not None:
                life.spells[-1].end = self._some_day(month)

    def _who_leaves(self, month: Month) -> Life | None:
        settled = month.start - timedelta(days=20)
        there = [
            life
            for life in self.lives
            if life.is_served and life.spells[-1].start <= settled and not life.pauses
        ]
        candidates = [life for life in there if life.character is None] or there
        if not candidates:
            return None
        weights = [self._risk(life, month.start) for life in candidates]
        return self.dice.choices(candidates, weights)[0]

    def _risk(self, life: Life, day: date) -> float:
        """Most leave in the third to ninth month; lately most of all from Cobalt."""
        months = (day - life.spells[-1].start).days / 30
        age = 0.4 if months < 2 else 1.8 if months < 9 else 1.0 if months < 18 else 0.6
        weak = life.pod == "Cobalt" and day >= self.teams.reorganised_on
        return age * (2.2 if weak else 1.0)

    def _long_hold_begins(self, number: int, month: Month) -> bool:
        """Once inside the revolving door, and once so that it still goes on today."""
        began = self.today - LONG_PAUSE_BEGAN
        return number == int(17 / 36 * len(self.plan.months)) or (month.start < began <= month.end)

    def _hold_long(self, number: int, month: Month) -> None:
        life = self._who_leaves(month)
        if life is None:
            return
        began = self.today - LONG_PAUSE_BEGAN
        if month.start < began <= month.end:
            life.pauses.append((began, None, "Change of owner"))
            return
        start = self._some_day(month)
        end = start + timedelta(days=126)
        if end < self.today:
            life.pauses.append((start, end, "Owner on parental leave"))
            self.on_long_hold.append((self.plan.month_with(end), life))

    def _come_back(self, number: int, month: Month) -> int:
        """How many of the month's newcomers were ours before."""
        resumed = sum(back_in == number for back_in, _ in self.on_long_hold)
        gone = [
            life
            for life in self.lives
            if life.character is None
            and life.spells[-1].end is not None
            and timedelta(days=75) < month.start - life.spells[-1].end < timedelta(days=400)
            and len(life.spells) == 1
        ]
        returning = self.dice.sample(gone, min(len(gone), month.returns))
        for life in returning:
            life.spells.append(Spell(self._some_day(month)))
            pod = self.teams.pod(life.pod)
            if pod and life.manager == PREDECESSOR:
                life.first_home, life.manager = (life.pod, PREDECESSOR), "Per Lind"
        return len(returning) + resumed

    # -- on hold ------------------------------------------

    def _pause_some(self) -> None:
        steady = [
            life
            for life in self.lives
            if life.is_served
            and life.character is None
            and not life.pauses
            and (self.today - life.spells[-1].start).days > 200
        ]
        chosen = self.dice.sample(steady, min(len(steady), max(2, len(steady) // 14)))
        for number, life in enumerate(chosen):
            why = WHY_PAUSED[number % len(WHY_PAUSED)]
            if number < len(SHORT_PAUSES) and len(self.lives) > 20:
                life.pauses.append((self.today - timedelta(days=SHORT_PAUSES[number]), None, why))
                continue
            start = life.spells[-1].start + timedelta(days=self.dice.randint(60, 110))
            end = start + timedelta(days=self.dice.randint(28, 62))
            life.pauses.append((start, end, why))

    # -- dice ------------------------------------------

    def _some_day(self, month: Month) -> date:
        """A working day after the month's start and up to its end, but never today."""
        last = month.days - (1 if month.end == self.today else 0)
        days = [month.start + timedelta(days=n) for n in range(1, last + 1)]
        return self.dice.choice([day for day in days if day.weekday() < 5])

    def _client_names(self) -> Iterator[tuple[str, str]]:
        pairs = [(stem, trade) for stem in STEMS for trade in TRADES]
        self.dice.shuffle(pairs)
        for stem, trade in pairs:
            yield f"{stem} {TRADES[trade][0]}", trade
        for number in itertools.count(2):
            for stem, trade in pairs:
                yield f"{stem} {TRADES[trade][0]} {number}", trade
