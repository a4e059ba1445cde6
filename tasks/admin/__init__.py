"""The admin of the work; importing these registers them."""

from tasks.admin import feeds, ledger, mirror, promises

__all__ = ["feeds", "ledger", "mirror", "promises"]
