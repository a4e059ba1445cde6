"""The admin of clients, people, money and promises; importing these registers them."""

from clients.admin import (
    actions,
    base,
    care,
    clients,
    machinery,
    money,
    people,
    promises,
    spending,
    surveys,
)

__all__ = [
    "actions",
    "base",
    "care",
    "clients",
    "machinery",
    "money",
    "people",
    "promises",
    "spending",
    "surveys",
]
