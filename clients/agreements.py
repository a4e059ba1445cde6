"""Expectation agreements: a client signs a version of our standard terms, and its words freeze."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client, ExpectationTerms, SignedAgreement, TermsRule
from godview.templatetags.display import day as in_words

DEFAULT_REPLY_BUSINESS_DAYS = 1


@transaction.atomic
def sign(
    *, client: Client, terms: ExpectationTerms, signer: str, signed_on: date, today: date
) -> SignedAgreement:
    """Keep the client's copy of the terms: later changes of the terms never reach it."""
    agreement = draft(client=client, terms=terms, signer=signer, signed_on=signed_on, today=today)
    agreement.save()
    return agreement


def draft(
    *, client: Client, terms: ExpectationTerms, signer: str, signed_on: date, today: date
) -> SignedAgreement:
    """The copy as it would be kept, checked but not saved yet: for forms."""
    if signed_on > today:
        raise ValidationError(_("An agreement is signed today or earlier: give the day it was."))
    if signed_on < terms.effective_on:
        raise ValidationError(
            _(
                "%(terms)s is in force from %(terms_effective_on)s. Choose an older version, or "
                "the day on which this one was signed."
            )
            % {"terms": terms, "terms_effective_on": in_words(terms.effective_on)}
        )
    rules = list(terms.rules.order_by("position"))
    if not rules:
        raise ValidationError(
            _("%(terms)s has no rules yet. Write them first, then have it signed.")
            % {"terms": terms}
        )
    agreement = SignedAgreement(
        client=client,
        terms=terms,
        signed_on=signed_on,
        signer=signer.strip(),
        signed_text=_words(terms, rules),
        reply_business_days=_reply_days(rules),
    )
    agreement.full_clean()
    return agreement


def current_agreement(client: Client, day: date) -> SignedAgreement | None:
    """The copy in force on a day: the last one signed by then."""
    signed = client.agreements.filter(signed_on__lte=day)
    return signed.order_by("-signed_on", "-terms__version").first()


def _words(terms: ExpectationTerms, rules: list[TermsRule]) -> str:
    head = [str(terms), terms.introduction.strip()]
    numbered = [f"{number}. {rule.text.strip()}" for number, rule in enumerate(rules, start=1)]
    return "\n\n".join(part for part in (*head, *numbered) if part)


def _reply_days(rules: list[TermsRule]) -> int:
    for rule in rules:
        if rule.kind == TermsRule.Kind.REPLY and rule.business_days:
            return rule.business_days
    return DEFAULT_REPLY_BUSINESS_DAYS
