"""Mandates: which role an official holds where, from when to when, granted by whom and approved by whom else."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Case, CheckConstraint, F, Func, Q, UniqueConstraint, Value, When
from django.db.models.functions import Least

from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import dated, in_order, paired
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices.models.official import Official
from chengxin.offices.models.organisation import Organisation
from chengxin.offices.terms import LIVE_STATES, SOLE_ROLES, MandateState, Role

_PLATFORM = Kept(personal=False, sensitive=False, kept="as long as the platform")
_AT_WORK = Kept(personal=True, sensitive=False, kept="as long as the platform: it says who could act, and when")

_LIVE = Q(state__in=sorted(state.value for state in LIVE_STATES))
_FOUNDING = Q(founding_round__isnull=False)
# both ends included; an unconfirmed mandate frees its place when it lapses
_WORKING_DAYS = Func(F("starts_on"), Least(F("ends_on"), F("reapproval_due_on")), Value("[]"), function="daterange")
_STANDS_ALONE = Case(
    When(role__in=sorted(role.value for role in SOLE_ROLES), then=Value(1)),
    default=Value(0),
    output_field=models.SmallIntegerField(),
)


def _differ(one: str, other: str) -> Q:
    """Two people, where both are known."""
    return Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True}) | ~Q(**{one: F(other)})


def _by_someone(act: str, sentence: str) -> CheckConstraint:
    return paired(f"offices_mandate_{act}_by_someone", f"{act}_at", f"{act}_by", sentence=sentence)


class Mandate(models.Model):
    """A role of one official in one organisation for some days.

    Founding mandates alone were granted and approved by nobody: two seats a round, so that there are two people from
    the first minute on. ``reapproval_due_on`` is the last day it works unless somebody confirms it before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    official = models.ForeignKey(Official, on_delete=models.RESTRICT, related_name="mandates")
    role = models.CharField(max_length=32)
    organisation = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="mandates")
    state = models.CharField(max_length=16)
    starts_on = models.DateField()
    ends_on = models.DateField()
    founding_round = models.SmallIntegerField(null=True)
    founding_seat = models.SmallIntegerField(null=True)
    granted_at = models.DateTimeField()
    granted_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = models.UUIDField(null=True)
    reapproval_due_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    suspended_at = models.DateTimeField(null=True)
    suspended_by = models.UUIDField(null=True)
    suspended_reason = models.TextField(default="")
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(state__in=sorted(state.value for state in MandateState)), name="offices_mandate_state_known"
            ),
            CheckConstraint(
                condition=Q(role__in=sorted(role.value for role in Role)), name="offices_mandate_role_known"
            ),
            in_order(
                "offices_mandate_days_in_order",
                "starts_on",
                "ends_on",
                sentence="终止日不早于起始日 / the last day is not before the first",
            ),
            # --- who: every act by somebody, and what gives power by two who are not its holder -----------------------
            CheckConstraint(
                condition=(_FOUNDING & Q(granted_by__isnull=True)) | (~_FOUNDING & Q(granted_by__isnull=False)),
                name="offices_mandate_granted_by_someone",
                violation_error_message="职权由一人授予，设立时除外 / somebody grants a mandate, save founding ones",
            ),
            CheckConstraint(
                condition=(_FOUNDING & Q(approved_at__isnull=False) & Q(approved_by__isnull=True))
                | (~_FOUNDING & Q(approved_at__isnull=True) & Q(approved_by__isnull=True))
                | (~_FOUNDING & Q(approved_at__isnull=False) & Q(approved_by__isnull=False)),
                name="offices_mandate_approved_by_someone",
                violation_error_message="批准时间和批准人同时存在 / an approval says when and by whom",
            ),
            CheckConstraint(
                condition=_differ("granted_by", "approved_by"),
                name="offices_mandate_two_people",
                violation_error_message="授予人和批准人不得为同一人 / who grants a mandate does not approve it",
            ),
            CheckConstraint(
                condition=_differ("suspended_by", "resumed_by"),
                name="offices_mandate_resumed_by_another",
                violation_error_message="暂停人和恢复人不得为同一人 / who suspends a mandate does not resume it",
            ),
            CheckConstraint(
                condition=_differ("granted_by", "official")
                & _differ("approved_by", "official")
                & _differ("confirmed_by", "official")
                & _differ("resumed_by", "official"),
                name="offices_mandate_not_to_oneself",
                violation_error_message="不得授予、批准、复核或恢复自己的职权 / nobody gives power to themselves",
            ),
            _by_someone("refused", "不批准的时间和决定人同时存在 / a refusal says when and by whom"),
            _by_someone("confirmed", "复核时间和复核人同时存在 / a confirmation says when and by whom"),
            _by_someone("suspended", "暂停时间和暂停人同时存在 / a suspension says when and by whom"),
            _by_someone("resumed", "恢复时间和恢复人同时存在 / a resumption says when and by whom"),
            _by_someone("ended", "终止时间和决定人同时存在 / an early end says when and by whom"),
            CheckConstraint(
                condition=(Q(suspended_at__isnull=True) & Q(suspended_reason=""))
                | (Q(suspended_at__isnull=False) & ~Q(suspended_reason="")),
                name="offices_mandate_suspended_says_why",
                violation_error_message="暂停须说明理由 / a suspension has a reason",
            ),
            # --- state and dates agree, both ways ---------------------------------------------------------------------
            CheckConstraint(
                condition=(~Q(state__in=["approved", "suspended"]) | Q(approved_at__isnull=False))
                & (~Q(state__in=["proposed", "refused"]) | Q(approved_at__isnull=True)),
                name="offices_mandate_approved_when",
                violation_error_message="状态与批准时间一致 / the state agrees with the approval",
            ),
            dated(
                "offices_mandate_refused_when",
                "refused_at",
                state="state",
                states=[MandateState.REFUSED.value],
                sentence="状态与不批准时间一致 / the state agrees with the refusal",
            ),
            dated(
                "offices_mandate_ended_when",
                "ended_at",
                state="state",
                states=[MandateState.ENDED.value],
                sentence="状态与终止时间一致 / the state agrees with the end",
            ),
            CheckConstraint(
                condition=(~Q(state="suspended") | (Q(suspended_at__isnull=False) & Q(resumed_at__isnull=True)))
                & (~Q(state="approved") | Q(suspended_at__isnull=True) | Q(resumed_at__isnull=False))
                & (~Q(state__in=["proposed", "refused"]) | Q(suspended_at__isnull=True)),
                name="offices_mandate_suspended_when",
                violation_error_message="状态与暂停时间一致 / the state agrees with the suspension",
            ),
            CheckConstraint(
                condition=Q(resumed_at__isnull=True) | Q(suspended_at__isnull=False),
                name="offices_mandate_resumed_what_was_suspended",
            ),
            paired(
                "offices_mandate_approved_until",
                "approved_at",
                "reapproval_due_on",
                sentence="批准后必有复核期限 / what is approved must be confirmed by a day",
            ),
            CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(approved_at__isnull=False),
                name="offices_mandate_confirmed_what_was_approved",
            ),
            in_order(
                "offices_mandate_steps_in_order",
                "granted_at",
                "approved_at",
                "suspended_at",
                "resumed_at",
                "ended_at",
                sentence="各步骤按时间先后 / each step is not before the one before it",
            ),
            in_order(
                "offices_mandate_refused_after_granted",
                "granted_at",
                "refused_at",
                sentence="不批准不早于授予 / a refusal is not before the grant",
            ),
            in_order(
                "offices_mandate_confirmed_after_approved",
                "approved_at",
                "confirmed_at",
                sentence="复核不早于批准 / a confirmation is not before the approval",
            ),
            # --- founding: two heads a round, and nothing else --------------------------------------------------------
            CheckConstraint(
                condition=(Q(founding_round__isnull=True) & Q(founding_seat__isnull=True))
                | (
                    Q(founding_round__isnull=False)
                    & Q(founding_seat__isnull=False)
                    & Q(founding_round__gte=1)
                    & Q(founding_seat__in=[1, 2])
                    & Q(role=Role.OFFICE_HEAD.value)
                ),
                name="offices_mandate_founding_heads",
                violation_error_message="设立时只有两名单位负责人 / a city is founded by two office heads",
            ),
            UniqueConstraint(fields=["founding_round", "founding_seat"], name="offices_mandate_founding_two_seats"),
            # --- one at a time ----------------------------------------------------------------------------------------
            ExclusionConstraint(
                name="offices_mandate_one_at_a_time",
                expressions=[("official", "="), ("role", "="), ("organisation", "="), (_WORKING_DAYS, "&&")],
                condition=_LIVE,
                violation_error_message="同一人在同一单位的同一职权期间不得重叠 / mandates of one kind do not overlap",
            ),
            ExclusionConstraint(
                name="offices_mandate_auditor_alone",
                expressions=[("official", "="), (_STANDS_ALONE, "<>"), (_WORKING_DAYS, "&&")],
                condition=_LIVE,
                violation_error_message="审计员不兼任其他职务 / who audits does nothing else",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state"], name="offices_mandate_by_office"),
        ]

    class Privacy:
        reference = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": _PLATFORM,
            "uid": _PLATFORM,
            "official": _AT_WORK,
            "role": _AT_WORK,
            "organisation": _AT_WORK,
            "state": _AT_WORK,
            "starts_on": _AT_WORK,
            "ends_on": _AT_WORK,
            "founding_round": _PLATFORM,
            "founding_seat": _PLATFORM,
            "granted_at": _AT_WORK,
            "granted_by": _AT_WORK,
            "approved_at": _AT_WORK,
            "approved_by": _AT_WORK,
            "refused_at": _AT_WORK,
            "refused_by": _AT_WORK,
            "reapproval_due_on": _AT_WORK,
            "confirmed_at": _AT_WORK,
            "confirmed_by": _AT_WORK,
            "suspended_at": _AT_WORK,
            "suspended_by": _AT_WORK,
            "suspended_reason": _AT_WORK,
            "resumed_at": _AT_WORK,
            "resumed_by": _AT_WORK,
            "ended_at": _AT_WORK,
            "ended_by": _AT_WORK,
        }

    def __str__(self) -> str:
        return str(self.uid)
