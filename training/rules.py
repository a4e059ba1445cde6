"""Who may do what to modules and what is known about people. Not named: administrators only.

Everybody reads what is taught; questions carry their right answers, so only leaders read those.
An attempt is written by taking the assessment and by nothing else.
"""

from godview.access import DIRECTORS, EVERYBODY, LEADERS, allow

for taught in ("trainingmodule", "moduleversion", "requirement"):
    allow(f"training.{taught}", view=EVERYBODY, add=LEADERS, change=LEADERS, delete=LEADERS)
for asked in ("question", "choice"):
    allow(f"training.{asked}", view=LEADERS, add=LEADERS, change=LEADERS, delete=LEADERS)

allow("training.attempt", view=EVERYBODY)
allow("training.answer", view=LEADERS)
allow("training.completion", view=EVERYBODY, add=DIRECTORS, delete=LEADERS)
allow("training.coachingplan", view=EVERYBODY, add=DIRECTORS, change=DIRECTORS, delete=LEADERS)
