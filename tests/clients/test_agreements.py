from datetime import date

import pytest
from django.core.exceptions import ValidationError

from clients.agreements import current_agreement, sign
from clients.models import SignedAgreement, TermsRule
from tests.factories.clients import ClientFactory, ExpectationTermsFactory, TermsRuleFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


@pytest.fixture
def terms():
    terms = ExpectationTermsFactory(introduction="We promise each other this.")
    TermsRuleFactory(
        terms=terms,
        position=1,
        kind=TermsRule.Kind.ATTEND,
        text="You are on time.",
        business_days=None,
    )
    TermsRuleFactory(
        terms=terms, position=2, text="You answer within two business days.", business_days=2
    )
    return terms


def signed(client, terms, on=TODAY):
    return sign(client=client, terms=terms, signer="Eva Halden", signed_on=on, today=TODAY)


def test_a_signed_copy_holds_the_words_and_the_reply_time(terms):
    copy = signed(ClientFactory(), terms)
    assert "We promise each other this." in copy.signed_text
    assert "1. You are on time." in copy.signed_text
    assert "2. You answer within two business days." in copy.signed_text
    assert copy.reply_business_days == 2


def test_a_later_change_of_the_terms_does_not_reach_a_signed_copy(terms):
    copy = signed(ClientFactory(), terms)
    before = copy.signed_text
    terms.rules.update(text="You answer within five minutes.", business_days=1)
    copy.refresh_from_db()
    assert copy.signed_text == before
    assert copy.reply_business_days == 2


def test_terms_without_a_reply_rule_mean_one_business_day():
    terms = ExpectationTermsFactory()
    TermsRuleFactory(terms=terms, kind=TermsRule.Kind.PROCEED, business_days=None)
    assert signed(ClientFactory(), terms).reply_business_days == 1


def test_the_agreement_in_force_is_the_last_one_signed_by_then(terms):
    client = ClientFactory()
    newer = ExpectationTermsFactory()
    TermsRuleFactory(terms=newer)
    first = signed(client, terms, on=date(2026, 1, 10))
    second = signed(client, newer, on=date(2026, 6, 10))
    assert current_agreement(client, date(2026, 1, 9)) is None
    assert current_agreement(client, date(2026, 1, 10)) == first
    assert current_agreement(client, date(2026, 6, 9)) == first
    assert current_agreement(client, date(2026, 6, 10)) == second


def test_a_version_is_signed_by_a_client_once_and_by_another_as_well(terms):
    client = ClientFactory()
    signed(client, terms)
    with pytest.raises(ValidationError, match="signed this version already"):
        signed(client, terms)
    signed(ClientFactory(), terms)
    assert SignedAgreement.objects.count() == 2


def test_terms_without_rules_cannot_be_signed():
    with pytest.raises(ValidationError, match="no rules yet"):
        signed(ClientFactory(), ExpectationTermsFactory())


def test_nothing_is_signed_before_the_terms_are_in_force(terms):
    with pytest.raises(ValidationError, match="in force from 1 Jan 2024"):
        signed(ClientFactory(), terms, on=date(2023, 12, 31))


def test_nothing_is_signed_in_the_future(terms):
    with pytest.raises(ValidationError, match="today or earlier"):
        signed(ClientFactory(), terms, on=date(2026, 11, 20))
