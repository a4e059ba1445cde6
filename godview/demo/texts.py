"""What people in the agency write: about contacts, goals, tactics and tasks."""

SAID = {
    "call": (
        "Weekly call, went through the plan",
        "Call about last week's numbers, they are content",
        "Agreed the budget for next month",
        "Talked about lead quality with their sales team",
        "Owner asked why cost per lead went up, explained the auction",
        "Walked through the new landing page, two changes asked",
        "Planned the promotion for the next season",
        "Short call, nothing urgent",
        "Their web developer joined, tracking is fixed now",
        "Asked for photos of the team, promised for Friday",
    ),
    "meeting": (
        "Monthly review, agreed three priorities",
        "Strategy session for the next quarter",
        "Met the new marketing lead",
        "Workshop on their customers' questions",
    ),
    "email": (
        "Sent the week's results with a comment",
        "Sent two variants of the ad copy",
        "Answered the question about the invoice",
        "Sent the screen recording of the new page",
        "Explained the change in match types",
        "Sent the goals of this week",
        "Shared an article about their competitor",
        "Asked for access to the new shop",
    ),
    "sms": ("Told them the campaign is live", "Confirmed tomorrow's call"),
    "chat": (
        "Quick question about stock, answered",
        "Sent a screenshot of the first results",
        "They like the new headline",
        "Clarified which region comes first",
    ),
}
HEARD = (
    "Asked when the new page goes live",
    "Sent the photos we asked for",
    "Forwarded a complaint about a form",
    "Thanks for the quick fix",
    "Wants to talk about the budget",
    "Sent their stock list",
)
PROMISES = (
    "Rebuild the brand campaign",
    "Launch two new ad groups",
    "Cut 30 losing keywords",
    "New landing page headline live",
    "Send the creative set to the client",
    "Fix the phone tracking",
    "Start the remarketing audience",
    "Write the follow-up e-mail",
    "Shorten the contact form",
    "Report with three findings sent",
    "Test a lower bid on mobile",
    "Get access to the shop's data",
    "Agree next month's budget",
    "Publish two customer stories",
    "Clean the product feed",
    "Video ad, first cut",
    "Negative keyword review",
    "Interview with their sales team",
    "New thank-you page live",
    "Move the budget to the best region",
    "Schema markup on the service pages",
    "Check the competitors' offers",
    "Set up call scoring",
    "Refresh tired display ads",
    "Heat map of the booking page read",
    "Prepare the growth review",
)
TACTICS = (
    ("Search, brand defence", "Cost per click", "−15 %", 28),
    ("New hero form (CRO)", "Form starts", "+10 %", 28),
    ("Call-only ads", "Cost per call", "−10 %", 21),
    ("Lookalike audiences", "Cost per lead", "−10 %", 28),
    ("Exit-intent offer", "Sign-ups", "+8 %", 21),
    ("Single-keyword ad groups", "Quality score", "+1 point", 28),
    ("Video remarketing", "View-through leads", "+12 %", 35),
    ("Price on the landing page", "Lead quality", "+15 %", 28),
    ("Local service ads", "Booked calls", "+10 %", 28),
    ("Customer review block", "Conversion rate", "+5 %", 21),
    ("Weekend bid cut", "Cost per lead", "−8 %", 28),
    ("Two-step form", "Completed forms", "+10 %", 28),
    ("Dynamic product ads", "ROAS", "+0.3", 35),
    ("Chat on the pricing page", "Qualified chats", "+20 %", 21),
)
TASKS = {
    "Account management": (
        "Weekly report", "Agree the goals of the week", "Prepare the growth review",
        "Check the budget pacing", "Call the client about next month", "Update the 90-day plan",
    ),
    "Paid media": (
        "Search term review", "New responsive search ads", "Bid adjustments by device",
        "Launch the remarketing list", "Feed clean-up", "Audience test", "Negative keywords",
    ),
    "Design and CRO": (
        "Landing page, desktop", "Landing page, phone", "Two ad banners", "Form test set up",
        "Hero image variants", "Heat map reading",
    ),
    "Content and SEO": (
        "Article brief", "Service page text", "Technical SEO check", "Meta titles, top 50 pages",
        "Customer story draft",
    ),
    "Sales handover": (
        "Hand over the proposal and the first goals", "Starting plan, ten items",
        "Access to all accounts", "Record the kick-off call",
    ),
}  # fmt: skip
SUBTASKS = ("First draft", "Review by a colleague", "Send to the client", "Put live")
JOB_TITLES = ("Owner", "Head of marketing", "Marketing manager", "Office manager", "CEO")
