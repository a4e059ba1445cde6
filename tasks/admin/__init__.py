"""The admin of the work; importing these registers them."""

from tasks.admin import mirror, promises

__all__ = ["mirror", "promises"]
