"""How each language writes numbers, money and dates: separators, order, names of months.

What differs comes from CLDR by Babel; the patterns of dates are ours, so that they stay short.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal, get_decimal_symbol, get_group_symbol
from django.conf import settings
from django.utils.translation import get_language

DAY, DAY_OF_YEAR, WEEKDAY, WEEKDAY_OF_YEAR, MONTH = range(5)
PATTERNS = ("d MMM", "d MMM y", "EEE d MMM", "EEE d MMM y", "LLL y")
OTHER_PATTERNS = {"ko": ("M월 d일", "y년 M월 d일", "M월 d일 (EEE)", "y년 M월 d일 (EEE)", "y년 M월")}
# These leave a number of four digits whole: 6400, but 16 400.
WHOLE_UP_TO = {"es": 10_000, "pl": 10_000}
THOUSANDS, MILLIONS = 10_000, 1_000_000  # from here on a tile writes them short


@dataclass(frozen=True)
class Writing:
    """The habits of one language."""

    language: str
    locale: Locale
    group: str
    point: str
    whole_up_to: int
    percent: str  # "%s%%" or "%s %%"
    money_is_last: bool

    def number(self, value: Decimal) -> str:
        """With as many decimals as the value has; a true minus sign."""
        text = f"{value:f}" if abs(value) < self.whole_up_to else f"{value:,f}"
        digits = {",": self.group, ".": self.point, "-": "−"}
        return "".join(digits.get(sign, sign) for sign in text)

    def short(self, value: Decimal) -> str:
        """61k, 1.23m; as the language shortens them."""
        if value < THOUSANDS:
            return self.number(value.quantize(Decimal(1)))
        decimals = 2 if value >= MILLIONS else int(self.language == "ko")
        text = format_compact_decimal(value, locale=self.locale, fraction_digits=decimals)
        return text.replace("K", "k").replace("M", "m") if self.language == "en" else text

    def money(self, amount: str, symbol: str, last: bool) -> str:
        """`last` says that this currency stands after the amount even in English."""
        return f"{amount}\xa0{symbol}" if last or self.money_is_last else f"{symbol}{amount}"

    def day(self, value: date, pattern: int) -> str:
        patterns = OTHER_PATTERNS.get(self.language, PATTERNS)
        return str(format_date(value, patterns[pattern], locale=self.locale))


@lru_cache(maxsize=16)
def _writing(language: str) -> Writing:
    locale = Locale.parse(language)
    return Writing(
        language,
        locale,
        group=get_group_symbol(locale),
        point=get_decimal_symbol(locale),
        whole_up_to=WHOLE_UP_TO.get(language, 0),
        percent="%s\xa0%%" if "0\xa0%" in locale.percent_formats[None].pattern else "%s%%",
        money_is_last=locale.currency_formats["standard"].pattern.endswith("¤"),
    )


def writing() -> Writing:
    """The habits of the language that is spoken now."""
    code = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    return _writing(code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
