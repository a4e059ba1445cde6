"""Who may do what to the work and the promises about it. Not named: administrators only."""

from godview.access import CREATORS, DIRECTORS, EVERYBODY, LEADERS, MANAGERS, Role, allow

allow("tasks.weeklygoal", view=EVERYBODY, add=MANAGERS, change=MANAGERS, delete=MANAGERS)
allow("tasks.taskwrite", view=EVERYBODY, add=MANAGERS, change=MANAGERS)
allow("tasks.weeknote", view=EVERYBODY, add=MANAGERS, change=MANAGERS)
allow("tasks.tactic", view=EVERYBODY, add=CREATORS, change=CREATORS, delete=DIRECTORS)
for test in ("experiment", "experimentarm", "armreading"):
    allow(f"tasks.{test}", view=EVERYBODY, add=CREATORS, change=CREATORS, delete=DIRECTORS)

# The ledger is read by all who reach the client. Whoever works there asks; directors decide.
WORKERS = EVERYBODY - {Role.ACCOUNTING}
allow("tasks.promise", view=EVERYBODY, change=LEADERS)  # only a 90-day goal, with a reason
for told in ("promiseevent", "standing"):
    allow(f"tasks.{told}", view=EVERYBODY)
allow("tasks.finding", view=EVERYBODY, change=DIRECTORS)
allow("tasks.postponement", view=EVERYBODY, add=WORKERS, change=DIRECTORS)
allow("tasks.helprequest", view=EVERYBODY, add=WORKERS, change=WORKERS)

# By these a client reads its own goals.
allow("tasks.sharelink", view=MANAGERS, add=MANAGERS, change=MANAGERS)
allow("tasks.sharedweek", view=MANAGERS)

# What is mirrored from Asana is changed in Asana; here a leader says whose work it is.
for mirrored in ("task", "section", "membership"):
    allow(f"tasks.{mirrored}", view=EVERYBODY)
allow("tasks.project", view=EVERYBODY, change=LEADERS)
allow("tasks.asanauser", view=LEADERS, change=LEADERS)
for machinery in ("asanaconnection", "syncrun", "syncunit"):
    allow(f"tasks.{machinery}", view=LEADERS)

# Meetings: whoever works in the pod sits in them; managers lead and decide.
for said in ("meeting", "meetingturn"):
    allow(f"tasks.{said}", view=EVERYBODY, add=MANAGERS, change=MANAGERS)
allow("tasks.decision", view=EVERYBODY, add=MANAGERS, change=MANAGERS)
allow("tasks.risk", view=EVERYBODY, add=WORKERS, change=WORKERS)
