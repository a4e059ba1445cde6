"""The whole demo agency as files to import: the same seed and day give the same rows."""

import csv
import io
import random
from collections.abc import Iterable, Iterator
from datetime import date

from godview.demo.agreements import Agreements
from godview.demo.books import Books, prospects
from godview.demo.contact import Conversations
from godview.demo.experiments import Experiments
from godview.demo.goals import Goals
from godview.demo.history import History
from godview.demo.money import PriceList, margins
from godview.demo.plan import plan
from godview.demo.promises import Promises
from godview.demo.teams import DIRECTORS, teams
from godview.demo.ties import ties
from godview.demo.voices import Voices
from godview.demo.work import Work

Rows = list[tuple[object, ...]]
PROCESS_BEGAN = 21 / 36
ROWS_OF_A_FILE = 40_000


class DemoAgency:
    def __init__(self, clients: int, months: int, seed: int, today: date) -> None:
        self.today, self.seed = today, seed
        self.plan = plan(clients, months, today)
        starts = [month.start for month in self.plan.months]
        self.first_day = starts[0]
        self.better_since = starts[int(PROCESS_BEGAN * months)]
        self.teams = teams(clients, starts, today)
        self.lives = History(self.plan, self.teams, today, self._dice("lives")).play()
        self.agreements = self._told(Agreements, "agreements")
        self.work = Work(self.lives, self.teams, today, self._dice("work"))
        self.ties = ties(self.lives, today, self._dice("ties"))
        self.files = self._files()
        self.clients_before = self._clients(before=True)

    def csv(self, kind: str) -> bytes:
        header, rows = self.files[kind]
        return as_csv(header, rows)

    def parts(self, kind: str) -> Iterator[bytes]:
        """The file, or several where one would be too long to import."""
        header, rows = self.files[kind]
        for start in range(0, len(rows), ROWS_OF_A_FILE):
            yield as_csv(header, rows[start : start + ROWS_OF_A_FILE])

    def _dice(self, topic: str) -> random.Random:
        return random.Random(f"{self.seed} {topic}")  # noqa: S311 - a story, not a secret

    def _told(self, teller: type[Agreements], topic: str) -> Agreements:
        return teller(self.lives, self.teams, self.better_since, self.today, self._dice(topic))

    def _files(self) -> dict[str, tuple[str, Rows]]:
        """By kind, in the order in which they build on each other."""
        prices = PriceList(self.today, self._dice("money"))
        talks = Conversations(
            self.lives, self.teams, self.better_since, self.today, self._dice("contact")
        )
        goals = Goals(self.lives, self.teams, self.better_since, self.today, self._dice("goals"))
        goals.play()
        promises = Promises(
            self.lives, self.teams, goals.running(), self.better_since, self.today,
            self._dice("promises"),
        )  # fmt: skip
        prices_paid = prices.of(self.lives)
        people = _once(talks.people())
        voices = Voices(
            self.lives, self.teams, people, self.ties.minor, self.today, self._dice("voices")
        )
        books = Books(self.lives, prices_paid, self.today, self._dice("books"))
        tests = Experiments(self.lives, self.teams, self.today, self._dice("experiments"))
        tests.play()
        first_fee = min(life.start for life in self.lives)
        files: dict[str, tuple[str, Iterable[tuple[object, ...]]]] = {
            "staff": ("external_id,name,email,role,department,started_on,ended_on", self._staff()),
            "departments": (
                "name,director",
                [(name, self.teams.id_of(person)) for name, person in DIRECTORS.items()],
            ),
            "pods": (
                "external_id,name,department",
                [(pod.id, pod.name, pod.department) for pod in self.teams.pods],
            ),
            "pod_members": (
                "pod,staff,started_on,ended_on",
                [(pod, who, start or "", end or "") for pod, who, start, end in self.teams.members],
            ),
            "clients": (CLIENTS, self._clients()),
            "engagements": (
                "client,started_on,ended_on,notice_on",
                [
                    (life.id, s.start, s.end or "", self.ties.notices.get((life.id, s.start), ""))
                    for life in self.lives
                    for s in life.spells
                ],
            ),
            "pauses": (
                "client,started_on,ended_on,reason",
                [
                    (life.id, start, end or "", why)
                    for life in self.lives
                    for start, end, why in life.pauses
                ],
            ),
            "fees": (
                "client,service,starts_on,ends_on,amount,currency,per,finance_model",
                [price.row for price in prices_paid],
            ),
            "exchange_rates": ("currency,starts_on,rate", prices.rates(first_fee)),
            "gross_margins": (
                "starts_on,share,note",
                margins(self.first_day, self.teams.reorganised_on),
            ),
            "contacts": ("client,name,job_title,decides", people),
            "touchpoints": (
                "client,happened_at,channel,direction,staff,note,automatic",
                _once(talks.touchpoints(self.first_day)),
            ),
            "client_goals": (
                "client,name,unit,baseline,target,starts_on,matters_most,agreed_by",
                goals.goals,
            ),
            "goal_readings": ("client,goal,read_on,value,staff", goals.readings),
            "weekly_goals": (
                "client,manager,week_starts_on,text,status,committed_at,client_goal",
                promises.weekly_goals(),
            ),
            "tactics": (
                "client,manager,name,started_on,ended_on,outcome,metric,threshold,window_days",
                promises.tactics(),
            ),
            "traffic_lights": ("client,week_starts_on,color,note,staff,marked_at", voices.lights()),
            "surveys": (
                "wave,kind,client,person,sent_on,answered_on,score,comment",
                voices.surveys(),
            ),
            "csi_answers": (
                "wave,client,person,question,answered_on,score,weight,highest",
                voices.ratings(),
            ),
            "services": ("name,offered_from", books.services()),
            "capacities": ("client,starts_on,amount,currency", books.capacities()),
            "costs": ("client,spent_on,kind,amount,currency,hours,note", books.costs()),
            "invoices": (
                "client,number,issued_on,due_on,paid_on,amount,currency",
                books.invoices(),
            ),
            "refusals": (
                "client,refused_on,reason,brand,capacity,pitch,salesperson,remind_on",
                books.refusals(self.teams.id_of("Tess Waller")),
            ),
            "experiments": (
                "client,name,arms,designer,metric,rule,alpha,power,baseline_rate,smallest_lift,"
                "planned_per_arm,started_on,ended_on,note",
                tests.plans,
            ),
            "experiment_readings": (
                "client,experiment,arm,read_on,visitors,conversions",
                tests.readings,
            ),
        }
        return {kind: (header, list(rows)) for kind, (header, rows) in files.items()}

    def _staff(self) -> Rows:
        return [
            (who.id, who.name, who.email, who.role, who.department, who.started_on,
             who.ended_on or "")
            for who in self.teams.people.values()
        ]  # fmt: skip

    def _clients(self, before: bool = False) -> Rows:
        """Today; or until the reorganisation, those who were served by others then."""
        pods = {pod.name: pod.id for pod in self.teams.pods}
        rows: Rows = []
        for life in self.lives:
            if before and not life.first_home:
                continue
            pod, manager = (before and life.first_home) or (life.pod, life.manager)
            status = "paused" if life.paused_on(self.today) else "active"
            rows.append(
                (life.id, life.name, life.trade, life.country, life.time_zone, pods[pod],
                 self.teams.id_of(manager), status if life.is_served else "former",
                 "no" if life.id in self.ties.minor else "yes",
                 "" if before else self.ties.referrers.get(life.id, ""))
            )  # fmt: skip
        return rows if before else [*rows, *prospects()]


CLIENTS = (
    "external_id,name,industry,country,time_zone,pod,account_manager,status,is_key,referred_by"
)


def as_csv(header: str, rows: Rows) -> bytes:
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return kept.getvalue().encode()


def _once(rows: Iterable[tuple[object, ...]]) -> Rows:
    """Without the rare row that the dice made twice."""
    return list(dict.fromkeys(rows))
