"""Who did what, when and why: one row an act, written in the act's own transaction, never changed."""

from django.db import models
from django.db.models import CheckConstraint, Q

from chengxin.foundation.privacy import Kept
from chengxin.kernel.ids import new_id

_KEPT = "as long as the platform"


class Journal(models.Model):
    """One act. It names things by their public uid, and no person: what was about whom stands in the thing itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16)
    account_id = models.UUIDField(null=True)
    official_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    role = models.CharField(max_length=32)
    actor_name = models.CharField(max_length=100)
    act = models.CharField(max_length=64)
    thing_kind = models.CharField(max_length=64)
    thing_uid = models.UUIDField()
    about_organisation_id = models.UUIDField(null=True)
    reason = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["thing_uid", "at"], name="foundation_journal_thing"),
            models.Index(fields=["about_organisation_id", "at"], name="foundation_journal_office"),
        ]
        constraints = [
            CheckConstraint(
                name="foundation_journal_says_who",
                condition=(
                    Q(actor_kind="official", official_id__isnull=False, organisation_id__isnull=False)
                    | Q(actor_kind="client", organisation_id__isnull=False)
                    | Q(actor_kind="person", account_id__isnull=False)
                    | (Q(actor_kind="system") & ~Q(actor_name=""))
                ),
            ),
            CheckConstraint(name="foundation_journal_says_what", condition=~Q(act="") & ~Q(thing_kind="")),
            CheckConstraint(name="foundation_journal_says_why", condition=~Q(reason="")),
        ]

    class Privacy:
        append_only = True
        fields = {
            "id": Kept(personal=False, sensitive=False, kept=_KEPT),
            "at": Kept(personal=False, sensitive=False, kept=_KEPT),
            "actor_kind": Kept(personal=False, sensitive=False, kept=_KEPT),
            "account_id": Kept(personal=True, sensitive=False, kept=_KEPT),
            "official_id": Kept(personal=True, sensitive=False, kept=_KEPT),
            "organisation_id": Kept(personal=False, sensitive=False, kept=_KEPT),
            "role": Kept(personal=False, sensitive=False, kept=_KEPT),
            "actor_name": Kept(personal=False, sensitive=False, kept=_KEPT),
            "act": Kept(personal=False, sensitive=False, kept=_KEPT),
            "thing_kind": Kept(personal=False, sensitive=False, kept=_KEPT),
            "thing_uid": Kept(personal=False, sensitive=False, kept=_KEPT),
            "about_organisation_id": Kept(personal=False, sensitive=False, kept=_KEPT),
            "reason": Kept(personal=False, sensitive=False, kept=_KEPT),
        }

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.act} {self.thing_kind} {self.thing_uid}"
