"""How numbers, money and dates are written. Plain functions, so that Python and templates agree."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone

register = template.Library()

NO_DATA = "no data yet"
AFTER = ("zł", "₴")  # written after the amount
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
        return NO_DATA
    return f"{rounded(Decimal(str(share)) * 100, decimals)}%".replace("-", "−")


@register.filter
def number(value: Number | None, decimals: int = 0) -> str:
    """12345.6 as 12,346; a true minus sign for negatives."""
    if value is None:
        return NO_DATA
    return f"{rounded(value, decimals):,}".replace("-", "−")


@register.filter
def plain(value: Number | None) -> str:
    """A number as it was typed, without the zeros that the column added: 57.3000 as 57.3."""
    if value is None:
        return NO_DATA
    text = f"{Decimal(str(value)):,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


@register.filter
def with_unit(value: Number | None, unit: str) -> str:
    """A goal's number as people write it: €57.30, 2.7%, 168 / mo."""
    if value is None:
        return NO_DATA
    if unit in SYMBOLS.values():
        amount = Decimal(str(value))
        cents = 0 if amount == amount.to_integral_value() else 2
        return _signed(f"{rounded(abs(amount), cents):,}", unit, unit in AFTER, amount < 0)
    text = plain(value)
    return f"{text}%" if unit == "%" else f"{text} {unit}".rstrip()


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
        return NO_DATA
    return f"{value} d" if isinstance(value, int) else f"{rounded(value, 1)} d"


@register.filter
def money(amount: Number | None, currency: str = "") -> str:
    """€6,400: no cents, because nobody decides by them."""
    if amount is None:
        return NO_DATA
    symbol, after = _symbol(currency)
    size = rounded(abs(Decimal(str(amount))))
    return _signed(f"{size:,}", symbol, after, amount < 0)


@register.filter
def money_short(amount: Number | None, currency: str = "") -> str:
    """€61k above ten thousand, €1.2m above a million: for tiles."""
    if amount is None:
        return NO_DATA
    symbol, after = _symbol(currency)
    size = abs(Decimal(str(amount)))
    if size >= 1_000_000:
        text = f"{rounded(size / 1_000_000, 2)}m"
    elif size >= 10_000:
        text = f"{rounded(size / 1000):,}k"
    else:
        text = f"{rounded(size):,}"
    return _signed(text, symbol, after, amount < 0)


def _symbol(currency: str) -> tuple[str, bool]:
    """The sign of a currency, and whether it stands after the amount."""
    code = currency or settings.REPORTING_CURRENCY
    if code in SYMBOLS:
        return SYMBOLS[code], SYMBOLS[code] in AFTER
    return code, True


def _signed(text: str, symbol: str, after: bool, negative: bool) -> str:
    amount = f"{text} {symbol}" if after else f"{symbol}{text}"
    return f"−{amount}" if negative else amount


@register.filter
def day(value: date | None, today: date | None = None) -> str:
    """19 Nov; with the year when it is not this one."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    this_year = (today or timezone.localdate()).year
    text = f"{value.day} {value:%b}"
    return text if value.year == this_year else f"{text} {value.year}"


@register.filter
def moment(value: datetime | None, today: date | None = None) -> str:
    """Wed 18 Nov, 11:22, on the agency's clock."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    return f"{local:%a} {day(local.date(), today)}, {local:%H:%M}"


@register.filter
def until(start: datetime, end: datetime) -> str:
    """The time between two moments in its two largest parts: 2 d 4 h, 3 h 10 min, 5 min."""
    return spell_out((end - start).total_seconds())


def spell_out(seconds: float) -> str:
    minutes = int(seconds // 60)
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


@register.filter
def duration(length: timedelta) -> str:
    """A length of time: 45 s, 12 min, 1 h 10 min."""
    seconds = length.total_seconds()
    return f"{seconds:.0f} s" if seconds < 90 else spell_out(seconds)


@register.filter
def days_ago(count: int | None) -> str:
    """12 days ago, yesterday, today; "never" for nothing at all."""
    if count is None:
        return "never"
    if count <= 0:
        return "today"
    return "yesterday" if count == 1 else f"{count} days ago"


@register.filter
def signed(value: Number | None, decimals: int = 0) -> str:
    """A change with its sign: +3, −2, 0."""
    if value is None:
        return NO_DATA
    size = rounded(value, decimals)
    return f"{'+' if size > 0 else ''}{number(size, decimals)}"


@register.filter
def lift(share: Number | None) -> str:
    """A change as a share of what was there before: +8.4%, −7.8%."""
    if share is None:
        return NO_DATA
    size = rounded(Decimal(str(share)) * 100, 1)
    return f"{'+' if size > 0 else ''}{number(size, 1)}%"


@register.filter
def confidence(share: Number | None) -> str:
    """99.8%; never 100%, because nothing counted is certain."""
    if share is None:
        return NO_DATA
    return "over 99.9%" if share > 0.999 else percent(share, 1)


@register.filter
def points(share: Number | None) -> str:
    """A difference between two shares: +1.00 points."""
    return NO_DATA if share is None else f"{signed(Decimal(str(share)) * 100, 2)} points"


def counted(count: int, one: str, many: str = "") -> str:
    """1 client, 7 clients."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@register.filter
def plural(count: Any, words: str) -> str:
    """`{{ n|plural:"client,clients" }}` writes 1 client, 7 clients."""
    one, _, many = words.partition(",")
    return counted(int(count), one, many)
