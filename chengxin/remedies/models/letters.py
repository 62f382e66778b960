"""What the database promises about letters: each holds all that its kind needs, and one against the person has two names."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chengxin.foundation.privacy import Kept
from chengxin.remedies.models.cases import FACT, PLAIN, SEALED
from chengxin.remedies.rules.letters import NEEDS
from chengxin.remedies.terms.letters import AGAINST

TWO_NAMES = sorted(kind.value for kind in AGAINST)
_WHOLE = Q()
for _kind, _needs in NEEDS.items():
    _WHOLE |= Q(kind=_kind.value, needs__contains=[need.value for need in _needs])


class Letter(models.Model):
    """A letter as it was sent. ``needs``: what of the checklist of its kind it holds."""

    pk = models.CompositePrimaryKey("person_id", "letter_id")
    person_id = models.UUIDField()
    letter_id = models.UUIDField()
    case_id = models.UUIDField()
    kind = models.CharField(max_length=16)
    number = models.CharField(max_length=40)
    dated_on = models.DateField()
    needs = ArrayField(models.CharField(max_length=24))
    decider = models.UUIDField(null=True)
    second = models.UUIDField(null=True)
    organisation_id = models.UUIDField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "remedies_letter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id", "case_id", "letter_id", "kind"], name="remedies_letter_of_its_case"
            ),
            models.CheckConstraint(
                condition=_WHOLE,
                name="remedies_letter_is_whole",
                violation_error_message="答复书不完整 / the letter is not whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=TWO_NAMES)
                | (Q(decider__isnull=False, second__isnull=False) & ~Q(decider=F("second"))),
                name="remedies_letter_two_names",
                violation_error_message="须有两人署名 / two people must sign",
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "letter_id": PLAIN,
            "case_id": PLAIN,
            "kind": FACT,
            "number": FACT,
            "dated_on": FACT,
            "needs": PLAIN,
            "decider": FACT,
            "second": FACT,
            "organisation_id": FACT,
            "sealed": SEALED,
        }
