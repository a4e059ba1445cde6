"""Lost pitches and former clients worth another try."""

from metrics.dashboards.winback.page import Lost, WinbackPage, winback_page

__all__ = ["Lost", "WinbackPage", "winback_page"]
