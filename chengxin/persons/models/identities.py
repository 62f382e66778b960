"""What the database promises about identities.

Everything a person could be recognised by is sealed under the person's own key or is a keyed hash. Destroying the key
and the hashes erases the person; the random ``person_id`` that stays says nothing.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from chengxin.foundation.privacy import Kept

IDENTITY = Kept(personal=True, sensitive=True, kept="until the person is erased")
FACT = Kept(personal=True, sensitive=False, kept="until the person is erased")
PLAIN = Kept(personal=False, sensitive=False, kept="for ever")


class Person(models.Model):
    """One person. Whether they are confirmed is told by their sources, never by a column here."""

    person_id = models.UUIDField(primary_key=True, editable=False)
    made_at = models.DateTimeField()
    made_by_batch = models.UUIDField(null=True)

    class Meta:
        db_table = "persons_person"

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {"person_id": PLAIN, "made_at": FACT, "made_by_batch": FACT}


class Document(models.Model):
    """A document of a person, its number sealed. A renewed passport is a second row, not a second person (F2)."""

    pk = models.CompositePrimaryKey("person_id", "document_id")
    person_id = models.UUIDField()
    document_id = models.UUIDField()
    kind = models.SmallIntegerField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "persons_document"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__range=(1, 5)), name="persons_document_kind_known"),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "document_id": PLAIN,
            "kind": FACT,
            "sealed": IDENTITY,
            "made_at": FACT,
        }


class Name(models.Model):
    """A name of a person under one document: sealed, and as keyed hash of number and name together (F3)."""

    pk = models.CompositePrimaryKey("person_id", "name_key")
    person_id = models.UUIDField()
    name_key = models.BinaryField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "persons_name"

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "name_key": IDENTITY,
            "sealed": IDENTITY,
            "made_at": FACT,
        }


class Source(models.Model):
    """An independent source that named this number and this name together (F2).

    A name is confirmed by two suppliers, the register or the person; a supplier's entries count as the person's once
    the name it used is confirmed. A supplier that wrote another name confirms nothing.
    """

    pk = models.CompositePrimaryKey("person_id", "source_id", "name_key")
    person_id = models.UUIDField()
    source_id = models.UUIDField()
    name_key = models.BinaryField()
    kind = models.SmallIntegerField()
    confirmed_at = models.DateTimeField()
    batch_id = models.UUIDField(null=True)

    class Meta:
        db_table = "persons_source"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__range=(1, 3)), name="persons_source_kind_known"),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "source_id": FACT,
            "name_key": IDENTITY,
            "kind": FACT,
            "confirmed_at": FACT,
            "batch_id": FACT,
        }


class Contact(models.Model):
    """Where the person wants to be told, given by the person alone; the newest row of a kind counts."""

    pk = models.CompositePrimaryKey("person_id", "contact_id")
    person_id = models.UUIDField()
    contact_id = models.UUIDField()
    kind = models.CharField(max_length=8)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "persons_contact"

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "contact_id": PLAIN,
            "kind": FACT,
            "sealed": IDENTITY,
            "made_at": FACT,
            "verified_at": FACT,
        }


class IdentityKey(models.Model):
    """Blind index of a document -> person (F3). No foreign key, so that it can be spread by its own key (scale.md 2)."""

    pk = models.CompositePrimaryKey("blind_index", "kind")
    blind_index = models.BinaryField()
    kind = models.SmallIntegerField()
    person_id = models.UUIDField()
    key_version = models.SmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "persons_identity_key"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__range=(1, 5)), name="persons_identity_key_kind_known"),
        ]

    class Privacy:
        append_only = True
        spread_by = "blind_index"
        fields: ClassVar[dict[str, Kept]] = {
            "blind_index": IDENTITY,
            "kind": FACT,
            "person_id": PLAIN,
            "key_version": PLAIN,
            "made_at": FACT,
        }


class AccountLink(models.Model):
    """Which account a person signs in with. Local; goes when the person is erased."""

    account_id = models.UUIDField(primary_key=True, editable=False)
    person_id = models.UUIDField()
    assurance = models.CharField(max_length=16)
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "persons_account_link"
        indexes: ClassVar = [models.Index(fields=["person_id"], name="persons_account_link_person")]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "account_id": FACT,
            "person_id": PLAIN,
            "assurance": FACT,
            "linked_at": FACT,
        }


class BindingCode(models.Model):
    """A one-time code handed out at a counter after a look at the document; binds an account to a person (F12)."""

    code_hash = models.BinaryField(primary_key=True)
    person_id = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    made_by = models.UUIDField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "persons_binding_code"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="persons_binding_code_expires_after_made"
            ),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "code_hash": FACT,
            "person_id": PLAIN,
            "made_at": FACT,
            "expires_at": FACT,
            "made_by": PLAIN,
            "used_at": FACT,
        }


class Erasure(models.Model):
    """That a person was erased, by which two officials and when it is complete. Names nobody."""

    person_id = models.UUIDField(primary_key=True, editable=False)
    uid = models.UUIDField()
    at = models.DateTimeField()
    reason = models.TextField()
    asked_by = models.UUIDField()
    approved_by = models.UUIDField()
    complete_on = models.DateField()

    class Meta:
        db_table = "persons_erasure"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("approved_by")), name="persons_erasure_two_people"
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "uid": PLAIN,
            "at": PLAIN,
            "reason": PLAIN,
            "asked_by": PLAIN,
            "approved_by": PLAIN,
            "complete_on": PLAIN,
        }
