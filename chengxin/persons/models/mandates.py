"""What the database promises about mandates: two hands each, an end, nobody for themself, and nothing changed afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chengxin.foundation.privacy import Kept
from chengxin.persons.models.identities import FACT, IDENTITY, PLAIN
from chengxin.persons.terms import PROOFS, MandateKind, MandateSide, Scope

_SCOPES = [one.value for one in Scope]
_RESTS = Q()
for _kind, _proofs in PROOFS.items():
    _RESTS |= Q(kind=_kind.value, proof__in=[one.value for one in _proofs])


class Mandate(models.Model):
    """Another may act for the person, from a day until before ``ends_on``. In force only with its confirmation beside it.

    ``given_by``: the account of the person, or the official who noted it; ``sealed``: the number of the proof, under the
    person's key.
    """

    pk = models.CompositePrimaryKey("person_id", "mandate_id")
    person_id = models.UUIDField()
    mandate_id = models.UUIDField()
    uid = models.UUIDField()
    holder_id = models.UUIDField()
    kind = models.CharField(max_length=16)
    scopes = ArrayField(models.CharField(max_length=16))
    starts_on = models.DateField()
    ends_on = models.DateField()
    proof = models.CharField(max_length=24)
    sealed = models.BinaryField()
    given_by = models.UUIDField()
    given_side = models.CharField(max_length=16)
    organisation_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "persons_mandate"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id", "mandate_id", "given_by", "given_side"], name="persons_mandate_by_its_giver"
            ),
            models.CheckConstraint(
                condition=~Q(holder_id=F("person_id")),
                name="persons_mandate_never_for_oneself",
                violation_error_message="不能代理自己 / nobody is mandated for themself",
            ),
            models.CheckConstraint(
                condition=Q(scopes__contains=[Scope.READ.value], scopes__contained_by=_SCOPES),
                name="persons_mandate_scopes_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="persons_mandate_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=_RESTS, name="persons_mandate_rests_on_a_proof"),
            models.CheckConstraint(
                condition=Q(given_side=MandateSide.OFFICE.value, organisation_id__isnull=False)
                | Q(
                    given_side=MandateSide.PRINCIPAL.value,
                    organisation_id__isnull=True,
                    kind=MandateKind.HELPER.value,
                    proof="own_act",
                ),
                name="persons_mandate_family_is_noted_by_an_office",
                violation_error_message="父母、监护人须在窗口登记 / a parent or guardian is noted at a counter",
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "mandate_id": PLAIN,
            "uid": PLAIN,
            "holder_id": FACT,
            "kind": FACT,
            "scopes": FACT,
            "starts_on": FACT,
            "ends_on": FACT,
            "proof": FACT,
            "sealed": IDENTITY,
            "given_by": FACT,
            "given_side": FACT,
            "organisation_id": FACT,
            "made_at": FACT,
        }


class MandateAct(models.Model):
    """What became of a mandate: confirmed by another than its giver, ended by either side or an office. Each once."""

    CONFIRMED = "confirmed"
    ENDED = "ended"

    pk = models.CompositePrimaryKey("person_id", "mandate_id", "act")
    person_id = models.UUIDField()
    mandate_id = models.UUIDField()
    act = models.CharField(max_length=16)
    at = models.DateTimeField()
    side = models.CharField(max_length=16)
    by = models.UUIDField()
    organisation_id = models.UUIDField(null=True)
    given_by = models.UUIDField(null=True)
    given_side = models.CharField(max_length=16, blank=True)
    reason = models.TextField()

    class Meta:
        db_table = "persons_mandate_act"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    act="ended", given_by__isnull=True, given_side="", side__in=[one.value for one in MandateSide]
                )
                | (
                    Q(act="confirmed", given_by__isnull=False)
                    & ~Q(by=F("given_by"))
                    & (
                        Q(given_side=MandateSide.PRINCIPAL.value, side=MandateSide.HOLDER.value)
                        | Q(given_side=MandateSide.OFFICE.value, side=MandateSide.OFFICE.value)
                    )
                ),
                name="persons_mandate_act_two_hands",
                violation_error_message="须由另一人确认 / another must confirm",
            ),
            models.CheckConstraint(
                condition=(Q(side=MandateSide.OFFICE.value) & Q(organisation_id__isnull=False) & ~Q(reason=""))
                | (~Q(side=MandateSide.OFFICE.value) & Q(organisation_id__isnull=True)),
                name="persons_mandate_act_of_an_office_says_why",
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "mandate_id": PLAIN,
            "act": FACT,
            "at": FACT,
            "side": FACT,
            "by": FACT,
            "organisation_id": FACT,
            "given_by": FACT,
            "given_side": FACT,
            "reason": FACT,
        }


class MandateHeld(models.Model):
    """Which mandates a person holds: ``person_id`` is the holder. It gives nothing by itself; the mandate is asked each time."""

    pk = models.CompositePrimaryKey("person_id", "mandate_id")
    person_id = models.UUIDField()
    mandate_id = models.UUIDField()
    uid = models.UUIDField()
    principal_id = models.UUIDField()

    class Meta:
        db_table = "persons_mandate_held"

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "mandate_id": PLAIN,
            "uid": PLAIN,
            "principal_id": FACT,
        }


class MandateCode(models.Model):
    """A code that a person hands to their helper: shown once, kept as a hash, used once. Local, as the counter's codes are."""

    code_hash = models.BinaryField(primary_key=True)
    person_id = models.UUIDField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    scopes = ArrayField(models.CharField(max_length=16))
    ends_on = models.DateField()

    class Meta:
        db_table = "persons_mandate_code"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="persons_mandate_code_expires_after_made"
            ),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "code_hash": FACT,
            "person_id": PLAIN,
            "made_by": FACT,
            "made_at": FACT,
            "expires_at": FACT,
            "closed_at": FACT,
            "scopes": FACT,
            "ends_on": FACT,
        }
