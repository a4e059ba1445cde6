"""The admin of the work; importing these registers them."""

from tasks.admin import experiments, feeds, ledger, meetings, mirror, promises

__all__ = ["experiments", "feeds", "ledger", "meetings", "mirror", "promises"]
