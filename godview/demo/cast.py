"""The clients that everybody in the agency talks about, and what is known of each."""

from dataclasses import dataclass
from typing import Literal

Pace = Literal["on", "behind", "off", "new"]


@dataclass(frozen=True)
class Character:
    name: str
    trade: str
    country: str
    time_zone: str
    pod: str
    manager: str
    fee: int
    months_with_us: int
    goal: tuple[str, str, float, float]
    pace: Pace
    silent_days: int
    this_week: tuple[tuple[str, str], ...] = ()


CAST = (
    Character(
        "Halden Dental", "Dentists", "NO", "Europe/Oslo", "Cobalt", "Ana Ruiz", 6400, 14,
        ("Cost per lead", "€", 68, 42), "off", 12,
        (("Rebuild call-only ad groups", "met"), ("Agree the new booking form", "missed")),
    ),
    Character(
        "Northbay Legal", "Law", "IE", "Europe/Dublin", "Cobalt", "Per Lind", 8900, 22,
        ("Signed cases", "/ mo", 24, 36), "off", 8,
    ),
    Character(
        "Kestrel Freight", "Logistics", "NL", "Europe/Amsterdam", "Ember", "Dana Novák", 5200, 17,
        ("Quote requests", "/ mo", 140, 200), "off", 3,
    ),
    Character(
        "Orlo Coffee", "Food and drink", "PT", "Europe/Lisbon", "Garnet", "Hana Yoon", 3100, 9,
        ("Subscriptions", "/ mo", 310, 450), "behind", 6,
    ),
    Character(
        "Tindra Skincare", "Beauty", "SE", "Europe/Stockholm", "Cobalt", "Per Lind", 4750, 11,
        ("ROAS", "", 2.2, 3.2), "behind", 9,
    ),
    Character(
        "Pinecrest Vets", "Veterinary", "IE", "Europe/Dublin", "Fjord", "Kaja Berg", 2900, 26,
        ("New patients", "/ mo", 80, 120), "on", 2,
    ),
    Character(
        "Mapleford HVAC", "Home services", "US", "America/New_York", "Ember", "Rui Silva", 3600, 8,
        ("Booked surveys", "/ mo", 55, 90), "behind", 6,
    ),
    Character(
        "Arbor & Finch", "Retail", "DE", "Europe/Berlin", "Cobalt", "Ana Ruiz", 7100, 19,
        ("Orders", "/ mo", 310, 420), "on", 1,
        (("Launch Black Friday feed", "met"), ("3 new search themes live", "met")),
    ),
    Character(
        "Brightwater", "Law", "IE", "Europe/Dublin", "Cobalt", "Ana Ruiz", 9200, 24,
        ("Signed cases", "/ mo", 18, 30), "on", 2, (("Intake call scoring live", "met"),),
    ),
    Character(
        "Casa Lumen", "Retail", "ES", "Europe/Madrid", "Cobalt", "Ana Ruiz", 3300, 7,
        ("ROAS", "", 2.4, 3.6), "off", 6,
        (("Cut 40 losing keywords", "met"), ("New creative set to client", "missed")),
    ),
    Character(
        "Ferro Bikes", "Sport", "IT", "Europe/Rome", "Cobalt", "Ana Ruiz", 5000, 13,
        ("Test rides", "/ mo", 60, 110), "on", 3, (("Store-visit campaign live", "met"),),
    ),
    Character(
        "Glasshouse Spa", "Wellness", "PL", "Europe/Warsaw", "Cobalt", "Ana Ruiz", 4100, 10,
        ("Bookings", "/ mo", 220, 300), "behind", 6,
        (("Gift-card landing page", "met"), ("Retarget no-shows", "met")),
    ),
    Character(
        "Juniper Legal", "Law", "IE", "Europe/Dublin", "Cobalt", "Ana Ruiz", 6000, 16,
        ("Leads", "/ mo", 90, 150), "behind", 8, (("Bid test on “near me” terms", "met"),),
    ),
    Character(
        "Koro Ceramics", "Retail", "PT", "Europe/Lisbon", "Cobalt", "Ana Ruiz", 3900, 12,
        ("Revenue", "€k / mo", 21, 30), "on", 2, (("UGC ads, 4 variants", "met"),),
    ),
    Character(
        "Lindqvist Boats", "Leisure", "SE", "Europe/Stockholm", "Cobalt", "Ana Ruiz", 4400, 20,
        ("Show visits", "/ mo", 40, 80), "on", 6, (("Boat-show audience built", "met"),),
    ),
    Character(
        "Mesa Outdoor", "Retail", "ES", "Europe/Madrid", "Cobalt", "Ana Ruiz", 5000, 15,
        ("ROAS", "", 3.1, 4.0), "behind", 6,
        (("Shopping titles, top 200", "met"), ("Margin labels in feed", "open")),
    ),
    Character(
        "Nettle & Co", "Software", "DE", "Europe/Berlin", "Cobalt", "Ana Ruiz", 2600, 6,
        ("Trials", "/ mo", 45, 80), "off", 11, (("Onboarding email test", "open"),),
    ),
    Character(
        "Oyster Bay Inn", "Hospitality", "IE", "Europe/Dublin", "Cobalt", "Ana Ruiz", 2800, 9,
        ("Direct bookings", "%", 30, 45), "on", 3, (("Price-parity ads live", "open"),),
    ),
)  # fmt: skip
