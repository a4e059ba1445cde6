"""Cases for the finder of tasks made anew: planted cheats, and work that only looks like one.

Seeded: the same cases each time, and others with another seed.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from tasks.ledger.twins import Facts, Lost

LOST_AT = datetime(2026, 11, 12, 10, tzinfo=UTC)
PROMISED = date(2026, 11, 13)
THINGS = [
    "Landing page", "Search campaign", "Monthly report", "Newsletter", "Conversion tracking",
    "Product feed", "Display banners", "Video creative", "Keyword audit", "Checkout test",
    "Remarketing audience", "Blog article", "Pricing page", "Survey form", "Social content plan",
    "Budget review", "Call with the owner", "Contract update", "Analytics setup", "Logo files",
    "Store locator", "Holiday calendar", "Photo shoot", "Shelf signs", "Voucher codes",
]  # fmt: skip
FOR = [
    "", " for spring", " for the sale", " for Meta", " for Google", " in Berlin", " phase two",
    " for dentists", " with coupons", " for mobile", " for the app",
]  # fmt: skip
VERBS = ["", "Prepare ", "Write ", "Check ", "Fix ", "Launch ", "Update ", "Send ", "Plan "]
LANGUAGES = {
    "Prepare the monthly report": [
        "Preparar el informe mensual", "Подготовить ежемесячный отчёт",
        "Przygotować raport miesięczny", "월간 보고서 준비",
    ],
    "Write the newsletter text": [
        "Redactar el texto del boletín", "Написать текст рассылки", "Napisać tekst newslettera",
        "뉴스레터 텍스트 작성",
    ],
    "Set up conversion tracking": [
        "Configurar el seguimiento de conversiones", "Настроить отслеживание конверсий",
        "Konfiguracja śledzenia konwersji", "전환 추적 설정",
    ],
    "Design the landing page": [
        "Diseñar la página de aterrizaje", "Дизайн посадочной страницы",
        "Design strony docelowej", "랜딩 페이지 디자인",
    ],
    "Budget plan for the campaign": [
        "Plan de presupuesto de la campaña", "План бюджета кампании", "Plan budżetu kampanii",
        "캠페인 예산 계획",
    ],
    "Review ad creatives": [
        "Revisar creatividades de anuncios", "Обзор рекламных креативов",
        "Przegląd kreacji reklam", "광고 소재 검토",
    ],
    "Launch the video campaign": [
        "Lanzar la campaña de vídeo", "Запуск видео кампании", "Uruchomić kampanię wideo",
        "영상 캠페인 출시",
    ],
    "Update product feed": [
        "Actualizar el feed de productos", "Обновить фид товаров", "Aktualizacja feedu produktów",
        "제품 피드 업데이트",
    ],
}  # fmt: skip
BRANDS = [
    "Google", "Facebook", "the Berlin shop", "dentists", "Black Friday", "the app launch",
    "Pinterest", "wholesale buyers",
]  # fmt: skip
STEPS = ["pixels", "audiences", "naming", "landing pages", "negative keywords", "consent"]

What = tuple[Lost, Facts, list[Facts]]


@dataclass(frozen=True)
class Case:
    kind: str
    is_planted: bool
    lost: Lost
    new: Facts
    others: list[Facts] = field(default_factory=list)


class Cases:
    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.gids = 0

    def planted(self, count: int) -> list[Case]:
        ways = [self.same, self.renamed, self.disguised, self.longer, self.turned, self.translated]
        return [self._case(ways[n % len(ways)], planted=True) for n in range(count)]

    def innocent(self, count: int) -> list[Case]:
        ways = [
            *(self.unrelated, self.sibling, self.weekly),
            *(self.checklist, self.fortnightly, self.earlier),
        ]
        return [self._case(ways[n % len(ways)], planted=False) for n in range(count)]

    def _case(self, way: Callable[[], What], planted: bool) -> Case:
        return Case(way.__name__, planted, *way())

    # -- tasks ----------------------------------------------------------------------------------

    def name(self) -> str:
        pick = self.dice.choice
        return (pick(VERBS) + pick(THINGS) + pick(FOR)).strip().capitalize()

    def facts(self, name: str, created_at: datetime, due_on: date | None) -> Facts:
        self.gids += 1
        assignee, section = self.dice.randint(1, 4), frozenset({self.dice.randint(1, 3)})
        return Facts(str(self.gids), name, due_on, created_at, assignee, section)

    def lost(self, name: str) -> Lost:
        created = LOST_AT - timedelta(days=self.dice.randint(3, 20))
        return Lost(self.facts(name, created, PROMISED), PROMISED, LOST_AT)

    def again(self, lost: Lost, name: str) -> Facts:
        """Mostly the same person and place, soon after, and due later."""
        hours = self.dice.choice([-3, 0.05, 0.2, 0.5, 2, 5, 20, 48, 90])
        due_on = PROMISED + timedelta(days=self.dice.randint(2, 28))
        new = self.facts(name, LOST_AT + timedelta(hours=hours), due_on)
        if self.dice.random() < 0.8:
            new = replace(new, assignee=lost.task.assignee)
        if self.dice.random() < 0.7:
            new = replace(new, sections=lost.task.sections)
        return new

    def others(self, count: int = 12) -> list[Facts]:
        return [
            self.facts(
                self.name(),
                LOST_AT - timedelta(days=self.dice.randint(1, 60)),
                PROMISED + timedelta(days=self.dice.randint(-40, 20)),
            )
            for _ in range(count)
        ]

    # -- planted --------------------------------------------------------------------------------

    def same(self) -> What:
        lost = self.lost(self.name())
        return lost, self.again(lost, lost.task.name), self.others()

    def renamed(self) -> What:
        lost = self.lost(self.name())
        ends = [" v2", " (copy)", " NEW", " - final", " 2", "!", " again", " 27.11."]
        return lost, self.again(lost, lost.task.name + self.dice.choice(ends)), self.others()

    def disguised(self) -> What:
        """Hidden letters, letters that look alike, a letter less."""
        lost = self.lost(self.name())
        name = lost.task.name
        half = len(name) // 2
        ways = [
            name.replace(" ", "\u00a0"),
            name[:3] + "\u200b" + name[3:],
            name.translate(str.maketrans("aeopcx", "аеорсх")),
            name.upper(),
            name.replace("a", "á", 1),
            "\u202e" + name,
            name[:half] + name[half + 1 :],
        ]
        return lost, self.again(lost, self.dice.choice(ways)), self.others()

    def longer(self) -> What:
        lost = self.lost(self.name())
        name = lost.task.name
        ways = [f"{name}, second round", f"URGENT: {name}", f"{name} for the client"]
        return lost, self.again(lost, self.dice.choice(ways)), self.others()

    def turned(self) -> What:
        """The same words in another order."""
        pick = self.dice.choice
        lost = self.lost(pick(VERBS[1:]) + pick(THINGS) + pick(FOR))
        words = lost.task.name.split()
        self.dice.shuffle(words)
        return lost, self.again(lost, f"{words[0]}: {' '.join(words[1:])}"), self.others()

    def translated(self) -> What:
        english, others = self.dice.choice(list(LANGUAGES.items()))
        one, other = self.dice.sample([english, *others], 2)
        lost = self.lost(one)
        return lost, self.again(lost, other), self.others()

    # -- innocent -------------------------------------------------------------------------------

    def unrelated(self) -> What:
        """Something was cancelled, and soon after the next thing planned."""
        lost = self.lost("Prepare " + self.dice.choice(THINGS[:12]))
        return lost, self.again(lost, self.dice.choice(THINGS[12:])), self.others()

    def sibling(self) -> What:
        """The same kind of work for something else."""
        thing = self.dice.choice(THINGS)
        one, other = self.dice.sample(BRANDS, 2)
        lost = self.lost(f"{thing}: {one}")
        return lost, self.again(lost, f"{thing}: {other}"), self.others()

    def weekly(self) -> What:
        """This week's was cancelled; next week's comes as always."""
        thing = self.dice.choice(THINGS)
        return self._row(lambda day: f"{thing} {day:%d %b}", 7)

    def fortnightly(self) -> What:
        thing = self.dice.choice(THINGS)
        return self._row(lambda day: f"{thing}, week {day.isocalendar().week}", 14)

    def _row(self, name: Callable[[date], str], step: int) -> What:
        made = []
        for number in range(-5, 2):
            day = PROMISED + timedelta(days=step * number)
            morning = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
            task = self.facts(name(day), morning - timedelta(days=step), day)
            made.append(replace(task, assignee=1, sections=frozenset({1})))
        lost = Lost(made[5], PROMISED, LOST_AT)
        new = replace(made[6], created_at=LOST_AT + timedelta(hours=self.dice.randint(0, 30)))
        return lost, new, [*made[:5], *self.others(6)]

    def checklist(self) -> What:
        """A new account brings its usual list of tasks; one of an old list was cancelled."""
        lost = self.lost("Launch checklist: budgets of the autumn campaign")
        name = f"Launch checklist: {self.dice.choice(STEPS)} of the new account"
        return lost, self.again(lost, name), self.others()

    def earlier(self) -> What:
        """A loosely similar task, due before the lost one was."""
        lost = self.lost(self.name())
        words = lost.task.name.split()
        name = f"{words[0]} {self.dice.choice(THINGS).lower()} with the partner"
        new = self.again(lost, name)
        return lost, replace(new, due_on=PROMISED - timedelta(days=3)), self.others()


def many(seed: int, count: int = 300) -> Iterator[Case]:
    cases = Cases(seed)
    yield from cases.planted(count)
    yield from cases.innocent(count)
