"""Who recommended the agency to whom, who is no key client, and who said that they leave."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from godview.demo.life import Life

RECOMMENDED, KEY = 0.12, 0.9
LATE_NOTICES = 2  # given in the last fortnight by clients who are still served


@dataclass(frozen=True)
class Ties:
    referrers: dict[str, str]
    minor: frozenset[str]
    notices: dict[tuple[str, date], date]


def ties(lives: Sequence[Life], today: date, dice: random.Random) -> Ties:
    """`lives` in the order in which they began."""
    referrers = {
        life.id: dice.choice(lives[:place]).id
        for place, life in enumerate(lives)
        if place > 5 and dice.random() < RECOMMENDED
    }
    others = [life for life in lives if not life.character]
    minor = frozenset(life.id for life in others if dice.random() > KEY)
    notices = {}
    for life in lives:
        for spell in life.spells:
            given = spell.end - timedelta(days=dice.randint(25, 60)) if spell.end else None
            if given and given > spell.start:
                notices[life.id, spell.start] = given
    steady = [life for life in others if life.is_served and not life.pauses]
    for life in dice.sample(steady, min(len(steady), LATE_NOTICES if len(lives) > 40 else 0)):
        given = today - timedelta(days=dice.randint(2, 13))
        if given > life.spells[-1].start:
            notices[life.id, life.spells[-1].start] = given
    return Ties(referrers, minor, notices)
