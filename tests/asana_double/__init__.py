"""A stateful Asana over HTTP, for the tests and for the demo: see `server.py`."""

from tests.asana_double.server import AsanaDouble

__all__ = ["AsanaDouble"]
