"""The names in the demo agency: its people, its clients, the trades and countries they are in."""

PODS = (
    "Andes", "Cobalt", "Boreal", "Ember", "Delta", "Fjord", "Garnet", "Harbor", "Indigo",
    "Jasper", "Kelvin", "Lagoon", "Mistral", "Nectar", "Onyx", "Prairie", "Quartz", "Ridge",
    "Sierra", "Tundra", "Umber", "Vesper", "Willow", "Xenon", "Yarrow", "Zephyr",
)  # fmt: skip
MANAGERS = {
    "Andes": ("Iga Kowalska", "Tom Brandt"),
    "Boreal": ("Mba Okafor", "Lena Haas"),
    "Cobalt": ("Ana Ruiz", "Per Lind"),
    "Delta": ("Sofia Petrova", "Jiwoo Ahn"),
    "Ember": ("Dana Novák", "Rui Silva"),
    "Fjord": ("Kaja Berg", "Ed Marsh"),
    "Garnet": ("Hana Yoon", "Clara Vidal"),
}
DESIGNERS = {
    "Mina Oh": ("Andes", "Delta"),
    "Leo Sato": ("Cobalt", "Ember"),
    "Petr Holub": ("Boreal", "Fjord"),
    "Ines Faro": ("Garnet",),
}
GIVEN = (
    "Adrian", "Aisha", "Alba", "Anders", "Beata", "Bruno", "Carla", "Daniel", "Elif", "Emil",
    "Farah", "Felix", "Greta", "Hugo", "Ida", "Ivan", "Jana", "Jonas", "Karim", "Katya", "Lars",
    "Lucia", "Maja", "Marco", "Nadia", "Nils", "Olga", "Oskar", "Paula", "Pavel", "Rania", "Rasmus",
    "Sara", "Simon", "Tessa", "Timo", "Ursula", "Viktor", "Wanda", "Yara", "Yusuf", "Zofia",
)  # fmt: skip
FAMILY = (
    "Abbott", "Almeida", "Bakker", "Bianchi", "Castro", "Dubois", "Eriksen", "Fischer", "Garcia",
    "Hansen", "Ivanova", "Jansen", "Kaya", "Laurent", "Lindqvist", "Martin", "Meyer", "Moreau",
    "Nagy", "Nowak", "Olsen", "Park", "Quist", "Rossi", "Schmidt", "Sørensen", "Tanaka", "Urban",
    "Varga", "Weber", "Wójcik", "Young", "Zeman",
)  # fmt: skip

# What comes first in a client's name, what it does, and the number that it cares about.
STEMS = (
    "Alder", "Amber", "Anvil", "Aspen", "Beacon", "Birch", "Bluefin", "Bramble", "Briar", "Calder",
    "Canyon", "Cedar", "Cinder", "Clover", "Copper", "Coral", "Crest", "Dune", "Eastgate", "Elm",
    "Falcon", "Fern", "Flint", "Glen", "Granite", "Harrow", "Hazel", "Heron", "Highfield",
    "Ironbridge", "Ivy", "Kite", "Lark", "Laurel", "Lighthouse", "Linden", "Magnolia", "Marlow",
    "Meridian", "Millbrook", "Moss", "Northstar", "Oakridge", "Olive", "Orchard", "Osprey",
    "Otter", "Pebble", "Pioneer", "Plover", "Quayside", "Quill", "Ravenna", "Redwood", "Riverside",
    "Rowan", "Saffron", "Sage", "Sandpiper", "Silverline", "Sparrow", "Spruce", "Stonegate",
    "Summit", "Sycamore", "Tamarind", "Thistle", "Tidewater", "Tulip", "Vale", "Verbena", "Walnut",
    "Westbrook", "Wildrose", "Wren", "Zinnia",
)  # fmt: skip
# trade: (ending of the name, what to count, its unit, from, to)
TRADES = {
    "Dentists": ("Dental", "Cost per lead", "€", 70, 45),
    "Law": ("Legal", "Signed cases", "/ mo", 20, 32),
    "Logistics": ("Freight", "Quote requests", "/ mo", 140, 210),
    "Food and drink": ("Roastery", "Subscriptions", "/ mo", 260, 380),
    "Beauty": ("Skincare", "ROAS", "", 2.4, 3.4),
    "Veterinary": ("Vets", "New patients", "/ mo", 80, 125),
    "Home services": ("Roofing", "Booked surveys", "/ mo", 60, 95),
    "Sport": ("Bikes", "Test rides", "/ mo", 60, 110),
    "Wellness": ("Spa", "Bookings", "/ mo", 220, 300),
    "Retail": ("Ceramics", "Revenue", "€k / mo", 21, 30),
    "Leisure": ("Boats", "Show visits", "/ mo", 40, 80),
    "Hospitality": ("Inn", "Direct bookings", "%", 30, 45),
    "Software": ("Software", "Trials", "/ mo", 45, 80),
    "Fitness": ("Fitness", "Cost per member", "€", 58, 39),
    "Health": ("Clinic", "Booked consultations", "/ mo", 120, 210),
    "Education": ("Academy", "Applications", "/ mo", 90, 150),
    "Energy": ("Solar", "Cost per survey", "€", 120, 85),
    "Real estate": ("Estates", "Viewings", "/ mo", 75, 120),
    "Fashion": ("Apparel", "Orders", "/ mo", 310, 420),
    "Finance": ("Insurance", "Completed quotes", "/ mo", 400, 560),
    "Travel": ("Tours", "Enquiries", "/ mo", 150, 230),
    "Construction": ("Joinery", "Project briefs", "/ mo", 12, 20),
}
COUNTRIES = (
    ("DE", "Europe/Berlin", 6), ("PL", "Europe/Warsaw", 5), ("NL", "Europe/Amsterdam", 4),
    ("SE", "Europe/Stockholm", 3), ("NO", "Europe/Oslo", 3), ("ES", "Europe/Madrid", 4),
    ("PT", "Europe/Lisbon", 3), ("FR", "Europe/Paris", 4), ("IT", "Europe/Rome", 3),
    ("IE", "Europe/Dublin", 3), ("US", "America/New_York", 6), ("US", "America/Chicago", 2),
)  # fmt: skip
