"""How alike two names are, whatever was done to hide it."""

import re
import unicodedata
from functools import lru_cache

# Letters of other scripts that look like ours; Unicode's own folding keeps them apart.
LOOK_ALIKES = str.maketrans("авеёікмнорстухһјѕԁɡʟο", "abeeikmhopctyxhjsdglo")
NOISE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
NUMBERS = re.compile(r"\d+")
COPY = re.compile(r"\b(copy|duplicate|new|again|final|v|version|rev|neu|kopie|copia|kopia)\b")
MONTHS = re.compile(
    r"\b(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(t(ember)?)?|"
    r"oct(ober)?|nov(ember)?|dec(ember)?|mon(day)?|tue(s(day)?)?|wed(nesday)?|thu(rs(day)?)?|"
    r"fri(day)?|sat(urday)?|sun(day)?|week|wk|kw)\b"
)


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """Without case, accents, look-alikes, hidden letters, numbers and the usual “copy of”."""
    folded = unicodedata.normalize("NFKC", NOISE.sub("", name)).casefold().translate(LOOK_ALIKES)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", folded)
        if not unicodedata.combining(letter)
    )
    bare = re.sub(r"[^\w]+", " ", NUMBERS.sub(" ", bare)).replace("_", " ")
    return " ".join(COPY.sub(" ", bare).split())


@lru_cache(maxsize=20_000)
def undated(name: str) -> str:
    """Plain, and without the names of months and days: what a weekly task keeps each time."""
    return " ".join(MONTHS.sub(" ", plain(name)).split())


@lru_cache(maxsize=20_000)
def trigrams(text: str) -> frozenset[str]:
    padded = f"  {text} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def likeness(one: str, other: str) -> float:
    """Share of trigrams in common, 0 to 1; word order counts little."""
    first, second = undated(one) or plain(one), undated(other) or plain(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    by_order = _jaccard(trigrams(first), trigrams(second))
    in_order = _jaccard(
        trigrams(" ".join(sorted(first.split()))), trigrams(" ".join(sorted(second.split())))
    )
    return max(by_order, in_order, _contained(first, second))


def _contained(one: str, other: str) -> float:
    """A name that only grew: “Landing page” and “Landing page for spring”."""
    short, long = sorted((one, other), key=len)
    return 0.85 if len(short) >= 8 and f" {short} " in f" {long} " else 0.0


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
