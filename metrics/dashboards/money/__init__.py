"""MRR, how it moves, and what clients are worth."""

from metrics.dashboards.money.page import MoneyPage, money_page

__all__ = ["MoneyPage", "money_page"]
