"""Who may do what to clients, people, money and promises. Not named: administrators only.

Whoever reaches a client reads everything about it; the role decides what they may change.
"""

from godview.access import CREATORS, DIRECTORS, EVERYBODY, LEADERS, MANAGERS, MONEY, Role, allow

SELLERS = MANAGERS | {Role.SALESPERSON}
KEEPERS = DIRECTORS | MONEY  # of the dated facts that money is counted from

allow("clients.client", view=EVERYBODY, add=LEADERS, change=DIRECTORS)
allow("clients.assignment", view=EVERYBODY, add=DIRECTORS, change=DIRECTORS, delete=LEADERS)
for fact in ("engagement", "pause", "fee"):
    allow(f"clients.{fact}", view=EVERYBODY, add=KEEPERS, change=KEEPERS, delete=MONEY)
for fact in ("exchangerate", "grossmargin"):
    allow(f"clients.{fact}", view=EVERYBODY, add=MONEY, change=MONEY, delete=MONEY)

allow("clients.department", view=EVERYBODY, add=LEADERS, change=LEADERS, delete=LEADERS)
allow("clients.staff", view=EVERYBODY, add=LEADERS, change=LEADERS)
allow("clients.pod", view=EVERYBODY, add=LEADERS, change=DIRECTORS, delete=LEADERS)
allow("clients.podmembership", view=EVERYBODY, add=DIRECTORS, change=DIRECTORS, delete=LEADERS)

for care in ("contact", "obligation"):
    allow(f"clients.{care}", view=EVERYBODY, add=MANAGERS, change=MANAGERS, delete=DIRECTORS)
for log in ("touchpoint", "goalreading"):
    allow(f"clients.{log}", view=EVERYBODY, add=CREATORS, change=CREATORS, delete=DIRECTORS)
allow("clients.pivot", view=EVERYBODY, add=MANAGERS, change=MANAGERS)
allow("clients.clientgoal", view=EVERYBODY, add=MANAGERS, change=DIRECTORS, delete=LEADERS)

for rule in ("expectationterms", "termsrule"):
    allow(f"clients.{rule}", view=EVERYBODY, add=LEADERS, change=LEADERS, delete=LEADERS)
# What was signed stays as it was signed: nobody changes it.
allow("clients.signedagreement", view=EVERYBODY, add=MANAGERS, delete=LEADERS)

allow("clients.apitoken", view=EVERYBODY, add=EVERYBODY, delete=EVERYBODY)

allow("clients.trafficlight", view=EVERYBODY, add=CREATORS)  # marking again adds a row
for asked in ("surveywave", "csiquestion", "surveyrequest"):
    allow(f"clients.{asked}", view=EVERYBODY, add=DIRECTORS, change=DIRECTORS, delete=LEADERS)
for answer in ("npsanswer", "csianswer"):
    allow(f"clients.{answer}", view=EVERYBODY, add=MANAGERS, change=DIRECTORS, delete=LEADERS)
allow("clients.capacity", view=EVERYBODY, add=MANAGERS, change=MANAGERS, delete=DIRECTORS)
allow("clients.refusal", view=EVERYBODY, add=SELLERS, change=SELLERS, delete=LEADERS)
allow("clients.cost", view=KEEPERS, add=KEEPERS, change=KEEPERS, delete=MONEY)
allow("clients.invoice", view=EVERYBODY, add=MONEY, change=MONEY, delete=MONEY)
for word in ("service", "processchange", "segmentrule"):
    allow(f"clients.{word}", view=EVERYBODY, add=LEADERS, change=LEADERS, delete=LEADERS)
