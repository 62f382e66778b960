"""Addresses: how often one may be given, and when a link still proves one."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from chengxin.kernel.decisions import ALLOWED, Refused
from chengxin.persons.rules.identities import CONTACTS_A_DAY, may_give_contact, may_prove
from chengxin.persons.terms import Contact, ContactKind
from tests.people import NOW

GIVEN = Contact(UUID(int=1), ContactKind.EMAIL, "a@example.com", None)


def test_an_address_is_given_a_few_times_a_day_and_no_more() -> None:
    assert may_give_contact(0) is ALLOWED
    assert may_give_contact(CONTACTS_A_DAY - 1) is ALLOWED
    refused = may_give_contact(CONTACTS_A_DAY)
    assert isinstance(refused, Refused)
    assert refused.reason == "contact_given_too_often"


def test_only_a_standing_address_that_is_not_proven_yet_can_be_proven() -> None:
    assert may_prove(GIVEN) is ALLOWED
    for other in (None, replace(GIVEN, verified_at=NOW)):
        refused = may_prove(other)
        assert isinstance(refused, Refused)
        assert refused.reason == "contact_link_over"
