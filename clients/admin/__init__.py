"""The admin of clients, people, money and promises; importing these registers them."""

from clients.admin import actions, care, clients, machinery, money, people, promises

__all__ = ["actions", "care", "clients", "machinery", "money", "people", "promises"]
