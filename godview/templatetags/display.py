"""How numbers, money and dates are written. Plain functions, so that Python and templates agree."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from godview import writing as ways
from godview.writing import writing

register = template.Library()

NO_DATA = gettext_lazy("no data yet")
AFTER = ("zł", "₴")  # written after the amount in every language
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "PLN": "zł", "UAH": "₴", "KRW": "₩", "JPY": "¥"}
Number = Decimal | float | int


def rounded(value: Number, decimals: int = 0) -> Decimal:
    """Half up, as people round: 62.5 is 63, where Python's own round() says 62."""
    shown = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return shown or abs(shown)  # never a minus zero


@register.filter
def percent(share: Number | None, decimals: int = 0) -> str:
    """0.764 as 76%."""
    if share is None:
        return str(NO_DATA)
    habits = writing()
    return habits.percent % habits.number(rounded(Decimal(str(share)) * 100, decimals))


@register.filter
def of_100(score: Number | None, decimals: int | None = None) -> str:
    """A score out of a hundred, 79.5, as 79.5%: as exact as it is, or it would pass in sight."""
    if score is None:
        return str(NO_DATA)
    if decimals is None:
        return writing().percent % plain(score)
    return percent(Decimal(str(score)) / 100, decimals)


@register.filter
def number(value: Number | None, decimals: int = 0) -> str:
    """12345.6 as 12,346; a true minus sign for negatives."""
    if value is None:
        return str(NO_DATA)
    return writing().number(rounded(value, decimals))


@register.filter
def plain(value: Number | None) -> str:
    """A number as it was typed, without the zeros that the column added: 57.3000 as 57.3."""
    if value is None:
        return str(NO_DATA)
    text = f"{Decimal(str(value)):f}"
    return writing().number(Decimal(text.rstrip("0").rstrip(".") if "." in text else text))


@register.filter
def with_unit(value: Number | None, unit: str) -> str:
    """A goal's number as people write it: €57.30, 2.7%, 168 / mo."""
    if value is None:
        return str(NO_DATA)
    if unit in SYMBOLS.values():
        amount = Decimal(str(value))
        cents = 0 if amount == amount.to_integral_value() else 2
        return _signed(writing().number(rounded(abs(amount), cents)), unit, amount < 0)
    text = plain(value)
    return writing().percent % text if unit == "%" else f"{text} {unit}".rstrip()


def three_digits(value: Number) -> Decimal:
    """As sure as a guess can be: 18,423.7 as 18,400, and 0.04372 as 0.0437."""
    return Decimal(f"{value:.3g}")


def way(baseline: Number, target: Number, unit: str) -> str:
    """€68 → €42, or 120 → 210 / mo."""
    start, end = with_unit(baseline, unit), with_unit(target, unit)
    both = start.endswith("%") or not start.endswith(unit)
    return f"{start if both else plain(baseline)} → {end}"


@register.filter
def days(value: Number | None) -> str:
    """Days with their unit: 4.2 d, or 12 d when whole."""
    if value is None:
        return str(NO_DATA)
    shown = rounded(value, 0 if isinstance(value, int) else 1)
    return _("%(days)s d") % {"days": writing().number(shown)}


@register.filter
def money(amount: Number | None, currency: str = "") -> str:
    """€6,400: no cents, because nobody decides by them."""
    if amount is None:
        return str(NO_DATA)
    size = rounded(abs(Decimal(str(amount))))
    return _signed(writing().number(size), _symbol(currency), amount < 0)


@register.filter
def money_short(amount: Number | None, currency: str = "") -> str:
    """€61k above ten thousand, €1.2m above a million: for tiles."""
    if amount is None:
        return str(NO_DATA)
    size = abs(Decimal(str(amount)))
    return _signed(writing().short(rounded(size)), _symbol(currency), amount < 0)


def _symbol(currency: str) -> str:
    code = currency or settings.REPORTING_CURRENCY
    return SYMBOLS.get(code, code)


def _signed(text: str, symbol: str, negative: bool) -> str:
    last = symbol in AFTER or symbol not in SYMBOLS.values()
    amount = writing().money(text, symbol, last)
    return f"−{amount}" if negative else amount


@register.filter
def day(value: date | None, today: date | None = None) -> str:
    """19 Nov; with the year when it is not this one."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    this_year = (today or timezone.localdate()).year
    return writing().day(value, ways.DAY if value.year == this_year else ways.DAY_OF_YEAR)


@register.filter
def weekday(value: date | None, today: date | None = None) -> str:
    """Thu 19 Nov; with the year when it is not this one."""
    if value is None:
        return "–"
    this_year = (today or timezone.localdate()).year
    pattern = ways.WEEKDAY if value.year == this_year else ways.WEEKDAY_OF_YEAR
    return writing().day(value, pattern)


@register.filter
def full_day(value: date) -> str:
    """Thu 19 Nov 2026."""
    return writing().day(value, ways.WEEKDAY_OF_YEAR)


@register.filter
def dated(value: date) -> str:
    """19 Nov 2026."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return writing().day(value, ways.DAY_OF_YEAR)


@register.filter
def month(value: date) -> str:
    """Nov 2026."""
    return writing().day(value, ways.MONTH)


@register.filter
def moment(value: datetime | None, today: date | None = None) -> str:
    """Wed 18 Nov, 11:22, on the agency's clock."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    return f"{weekday(local.date(), today)}, {local:%H:%M}"


@register.filter
def until(start: datetime, end: datetime) -> str:
    """The time between two moments in its two largest parts: 2 d 4 h, 3 h 10 min, 5 min."""
    return spell_out((end - start).total_seconds())


def spell_out(seconds: float) -> str:
    minutes = int(seconds // 60)
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        told = _("%(days)s d %(hours)s h") if hours else _("%(days)s d")
    elif hours:
        told = _("%(hours)s h %(minutes)s min") if minutes else _("%(hours)s h")
    else:
        told = _("%(minutes)s min")
    return told % {"days": days, "hours": hours, "minutes": minutes}


@register.filter
def duration(length: timedelta) -> str:
    """A length of time: 45 s, 12 min, 1 h 10 min."""
    seconds = length.total_seconds()
    return (
        _("%(seconds)s s") % {"seconds": f"{seconds:.0f}"} if seconds < 90 else spell_out(seconds)
    )


@register.filter
def days_ago(count: int | None) -> str:
    """12 days ago, yesterday, today; "never" for nothing at all."""
    if count is None:
        return _("never")
    if count <= 0:
        return _("today")
    if count == 1:
        return _("yesterday")
    return ngettext("%(days)s day ago", "%(days)s days ago", count) % {"days": count}


@register.filter
def signed(value: Number | None, decimals: int = 0) -> str:
    """A change with its sign: +3, −2, 0."""
    if value is None:
        return str(NO_DATA)
    size = rounded(value, decimals)
    return f"{'+' if size > 0 else ''}{number(size, decimals)}"


@register.filter
def lift(share: Number | None) -> str:
    """A change as a share of what was there before: +8.4%, −7.8%."""
    if share is None:
        return str(NO_DATA)
    size = rounded(Decimal(str(share)) * 100, 1)
    sign = "+" if size > 0 else ""
    return writing().percent % f"{sign}{number(size, 1)}"


@register.filter
def confidence(share: Number | None) -> str:
    """99.8%; never 100%, because nothing counted is certain."""
    if share is None:
        return str(NO_DATA)
    shown = percent(min(share, 0.999), 1)
    return _("over %(share)s") % {"share": shown} if share > 0.999 else shown


@register.filter
def points(share: Number | None) -> str:
    """A difference between two shares: +1.00 points."""
    if share is None:
        return str(NO_DATA)
    return _("%(change)s points") % {"change": signed(Decimal(str(share)) * 100, 2)}


def counted(count: int, one: str, many: str = "") -> str:
    """1 client, 7 clients. The nouns are found where this is called (godview/translating)."""
    forms = f"%(count)s {one}", f"%(count)s {many or one + 's'}"
    return ngettext(*forms, count) % {"count": writing().number(Decimal(count))}


def in_a_row(words: Iterable[str]) -> str:
    """Cobalt and Delta; nothing for nobody."""
    told = ""
    for word in words:
        told = _("%(first)s and %(second)s") % {"first": told, "second": word} if told else word
    return told


def noun(one: str, many: str = "") -> str:
    """Of what is counted elsewhere: its forms are found here (godview/translating)."""
    return one


def initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@register.filter
def plural(count: Any, words: str) -> str:
    """`{{ n|plural:"client,clients" }}` writes 1 client, 7 clients."""
    one, _, many = words.partition(",")
    return counted(int(count), one, many)
