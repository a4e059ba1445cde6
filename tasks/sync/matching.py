"""Guesses: which client a project serves, and which member of staff an Asana user is.

A guess that leaves no doubt (the same e-mail, or the one client whose whole name begins the
project's name) is taken; the others are only proposed. What a person chose is never touched.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from simple_history.utils import bulk_update_with_history

from clients.models import Client, Staff
from tasks.models import AsanaConnection, AsanaUser, MatchedBy, Project

Thing = TypeVar("Thing")
ALIKE = 0.8
LEGAL_FORMS = {"ltd", "limited", "inc", "llc", "gmbh", "ag", "sa", "bv", "plc", "co", "corp", "oy"}


def match_all(connection: AsanaConnection) -> None:
    """Match what is certain among the projects and users nobody has been matched to yet."""
    match_projects(connection)
    match_users(connection)


def match_projects(connection: AsanaConnection) -> None:
    projects = list(connection.projects.filter(client=None, matched_by=MatchedBy.NOBODY))
    if not projects:
        return
    clients = by_words((client.name, client) for client in Client.objects.all())
    matched = []
    for project in projects:
        client = named_at_the_start(project.name, clients)
        if client:
            project.client, project.matched_by = client, MatchedBy.NAME
            matched.append(project)
    bulk_update_with_history(matched, Project, ["client", "matched_by"], batch_size=500)


def match_users(connection: AsanaConnection) -> None:
    users = list(connection.asana_users.filter(staff=None, matched_by=MatchedBy.NOBODY))
    if not users:
        return
    staff = list(Staff.objects.all())
    by_email = {one.email.casefold(): one for one in staff if one.email}
    by_name = by_words((one.name, one) for one in staff)
    matched = []
    for user in users:
        same_email = by_email.get(user.email.casefold()) if user.email else None
        same_name = by_name.get(words(user.name), [])
        if same_email:
            user.staff, user.matched_by = same_email, MatchedBy.EMAIL
        elif len(same_name) == 1 and not user.email:
            user.staff, user.matched_by = same_name[0], MatchedBy.NAME
        else:
            continue
        matched.append(user)
    bulk_update_with_history(matched, AsanaUser, ["staff", "matched_by"], batch_size=500)


def named_at_the_start(name: str, things: Mapping[tuple[str, ...], list[Thing]]) -> Thing | None:
    """“Acme Ltd: paid search” names Acme; two clients called Acme leave a doubt."""
    own = words(name)
    for length in range(len(own), 0, -1):
        found = things.get(own[:length])
        if found:
            return found[0] if len(found) == 1 else None
    return None


def proposal(name: str, others: Iterable[str]) -> str | None:
    """The most similar of the other names, when it is similar enough to be proposed."""
    own = " ".join(words(name))
    if not own:
        return None
    best, likeness = None, ALIKE
    matcher = SequenceMatcher(None, b=own)
    for other in others:
        theirs = " ".join(words(other))
        if not theirs:
            continue
        ratio = 1.0 if theirs in own else _ratio(matcher, theirs, likeness)
        if ratio >= likeness:
            best, likeness = other, ratio
    return best


def _ratio(to: "SequenceMatcher[str]", theirs: str, least: float) -> float:
    """How alike two names are, 0 to 1; a quick upper bound where that is below `least` already."""
    to.set_seq1(theirs)
    bound = min(to.real_quick_ratio(), to.quick_ratio())
    return to.ratio() if bound >= least else bound


def proposed_staff(name: str, email: str, staff: Iterable[tuple[str, str | None]]) -> str | None:
    """Of our people (name and e-mail): who has the same e-mail before the @, then a like name."""
    known = list(staff)
    own = email.casefold().partition("@")[0]
    same = [
        theirs for theirs, at in known if own and (at or "").casefold().partition("@")[0] == own
    ]
    return same[0] if len(same) == 1 else proposal(name, (theirs for theirs, _ in known))


def by_words(named: Iterable[tuple[str, Thing]]) -> dict[tuple[str, ...], list[Thing]]:
    found: dict[tuple[str, ...], list[Thing]] = defaultdict(list)
    for name, thing in named:
        if key := words(name):
            found[key].append(thing)
    return found


def words(name: str) -> tuple[str, ...]:
    """The name without case, accents, punctuation and legal forms: what people recognise."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = tuple(re.findall(r"\w+", plain))
    kept = tuple(word for word in found if word not in LEGAL_FORMS)
    return kept or found
