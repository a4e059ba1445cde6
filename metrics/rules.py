"""Who may do what to limits and to the list of what needs a decision."""

from godview.access import DIRECTORS, EVERYBODY, LEADERS, Role, allow

WORKERS = EVERYBODY - {Role.ACCOUNTING}
allow("metrics.limit", view=EVERYBODY, add=LEADERS, change=LEADERS, delete=LEADERS)
allow("metrics.attentioncase", view=EVERYBODY, change=WORKERS)
for counted in ("crossing", "warningscore"):
    allow(f"metrics.{counted}", view=DIRECTORS)
allow("metrics.snapshot", view=LEADERS)
allow("metrics.walllink", view=LEADERS, add=LEADERS, change=LEADERS)
