"""Words of the room offices, by noun: roles, permissions, mandates, figures, views."""

from chengxin.offices.terms.errors import MandateUnknown, OfficialUnknown, OrganisationUnknown
from chengxin.offices.terms.figures import REAPPROVAL_DAYS, Figure
from chengxin.offices.terms.mandates import (
    ACT_PERMISSIONS,
    LIVE_STATES,
    STANDING_WORDS,
    WORKFLOW,
    MandateAct,
    MandateState,
    Reason,
    Standing,
)
from chengxin.offices.terms.permissions import PERMISSION_WORDS, PERMISSIONS, Permission
from chengxin.offices.terms.roles import ROLE_WORDS, SCOPES, SEATS, SOLE_ROLES, TIER_WORDS, Role, Scope, Tier, Words
from chengxin.offices.terms.views import (
    FirstHead,
    Founded,
    MandateView,
    Matrix,
    MatrixRow,
    OfficialView,
    OrganisationView,
)

__all__ = [
    "ACT_PERMISSIONS",
    "LIVE_STATES",
    "PERMISSIONS",
    "PERMISSION_WORDS",
    "REAPPROVAL_DAYS",
    "ROLE_WORDS",
    "SCOPES",
    "SEATS",
    "SOLE_ROLES",
    "STANDING_WORDS",
    "TIER_WORDS",
    "WORKFLOW",
    "Figure",
    "FirstHead",
    "Founded",
    "MandateAct",
    "MandateState",
    "MandateUnknown",
    "MandateView",
    "Matrix",
    "MatrixRow",
    "OfficialUnknown",
    "OfficialView",
    "OrganisationUnknown",
    "OrganisationView",
    "Permission",
    "Reason",
    "Role",
    "Scope",
    "Standing",
    "Tier",
    "Words",
]
