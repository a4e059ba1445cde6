"""The thirty-four ways in which Asana, the way to it, or our own machine go wrong.

Each has a number, which the tests bear (`@pytest.mark.fault(7)`), what goes wrong, and what a
client that is right does about it. tests/faults_plugin.py prints the table with what came out.
"""

FAULTS: dict[int, tuple[str, str]] = {
    1: ("429 with Retry-After", "every worker of the token pauses so long; nothing is lost"),
    2: ("429 without Retry-After: too many at once", "backs off by itself, fewer at once"),
    3: ("429 by cost: links are dear", "slower or leaner, and it finishes"),
    4: ("refused calls count too", "no storm of retries"),
    5: ("500 with a phrase, 502, 503, 504, a proxy's HTML", "tries again; the phrase is kept"),
    6: ("refused connection, reset, no such name, TLS", "tries again; then leaves it alone"),
    7: ("silence, a stall, a byte at a time", "bounded in time; the worker is free again"),
    8: ("short body, half a document, [] or null", "a named error, again, nothing half stored"),
    9: ("412: no token, expired, unknown, in mid-chain", "only that project is listed again"),
    10: ("chains of 0 to 5,000 events; a token again", "each once, and it ends"),
    11: ("events lost, repeated, mixed, late", "as in Asana after the next reconcile"),
    12: ("sync_error, no user, unknown words in events", "listed again, or passed over"),
    13: ("401: expired, taken back, in mid-run", "one renewal; else stop, say so, go on later"),
    14: ("two workers renew a token at once", "one renewal, under a lock"),
    15: ("403: a project, an endpoint, a private task", "left out and named; the rest goes on"),
    16: ("402 on search", "the projects are listed instead"),
    17: ("project, task or user gone meanwhile", "a tombstone, no crash, no false finding"),
    18: ("offset expired, garbage, to itself", "the list begins anew; a circle ends"),
    19: ("pages that repeat, shrink, grow, reorder", "one row each; nothing taken for deleted"),
    20: ("many homes, five deep, in a project too, a ring", "one row, every place, and it ends"),
    21: ("moved to a project or a parent, unmodified", "its places follow; not deleted"),
    22: ("deleted, undeleted, purged after 30 days", "a tombstone, taken back with the same row"),
    23: ("deleted and made anew under a disguise", "a finding; none for the innocent"),
    24: ("dates moved, cleared, the same day, by a machine", "a finding only where it is real"),
    25: ("stories missing, deleted, late, in a language", "the ledger is right all the same"),
    26: ("clocks wrong, equal milliseconds, leap days", "no change is lost"),
    27: ("a handshake slow, twice, by an attacker", "the secret is set once"),
    28: ("a signature wrong, missing, of other bytes", "refused; nothing is kept"),
    29: ("a replay, a thousand at once, a megabyte", "200 within ten seconds, once each"),
    30: ("a webhook given up after a day of our 500s", "registered again, and drained"),
    31: ("unknown words, new fields, absent ones, text for numbers", "kept and shown; no crash"),
    32: ("emoji, bidi, NUL, half characters, a megabyte", "stored without NUL; pages intact"),
    33: ("10,000 tasks, 2,000 projects, too large to list", "page by page, section by section"),
    34: ("SIGKILL between page and checkpoint; broker emptied; deadlock", "goes on; the same end"),
}
