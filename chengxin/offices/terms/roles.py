"""Roles an official may hold, which tiers they sit in, and how far down the tree they reach."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Words(NamedTuple):
    """The same words for people in Chinese and in English."""

    zh: str
    en: str


class Tier(StrEnum):
    """Where an organisation stands in the city's tree. Exactly one leads: the root (F1)."""

    LEAD = "lead"
    DISTRICT = "district"
    SUPPLIER = "supplier"
    ASKER = "asker"
    """Asks about people under a purpose, and supplies nothing: a bank, an insurer, a notary. It stands below lead or district."""


class Role(StrEnum):
    """What an official may be entrusted with. Each is held by a dated mandate in one organisation."""

    CLERK = "clerk"
    SUPERVISOR_CLERK = "supervisor_clerk"
    IDENTITY_OFFICER = "identity_officer"
    CASE_OFFICER = "case_officer"
    OFFICE_HEAD = "office_head"
    CATALOGUE_KEEPER = "catalogue_keeper"
    CATALOGUE_APPROVER = "catalogue_approver"
    RECALL_OFFICER = "recall_officer"
    ERASURE_OFFICER = "erasure_officer"
    OPERATOR = "operator"
    AUDITOR = "auditor"
    INQUIRER = "inquirer"
    ACCESS_SUPERVISOR = "access_supervisor"


class Scope(StrEnum):
    """How far a mandate reaches from the organisation it is held in."""

    OWN = "own"
    BELOW = "below"


TIER_WORDS: Mapping[Tier, Words] = MappingProxyType(
    {
        Tier.LEAD: Words("牵头单位", "lead office"),
        Tier.DISTRICT: Words("区县信用机构", "district office"),
        Tier.SUPPLIER: Words("报送单位", "supplier"),
        Tier.ASKER: Words("查询单位", "asking organisation"),
    }
)

ROLE_WORDS: Mapping[Role, Words] = MappingProxyType(
    {
        Role.CLERK: Words(
            "报送员：为本单位报送文件，更正本单位的记录。",
            "Clerk: sends files for the own organisation and corrects its rows.",
        ),
        Role.SUPERVISOR_CLERK: Words(
            "报送复核人：同意或不同意本单位报送员提出的召回。",
            "Supplier supervisor: agrees or not to a recall that a clerk of the same organisation asked for.",
        ),
        Role.IDENTITY_OFFICER: Words(
            "身份核对员：核对身份存疑的行，在窗口绑定账号。",
            "Identity officer: checks rows whose identity is in doubt and binds accounts at the counter.",
        ),
        Role.CASE_OFFICER: Words(
            "异议经办人：看到提出的异议并依期办理。",
            "Case officer: sees the objections raised and handles them in time.",
        ),
        Role.OFFICE_HEAD: Words(
            "单位负责人：任用本单位及下级单位的人员，授予、批准、暂停和定期复核其职权。",
            "Office head: appoints officials of the own and lower offices; grants, approves, suspends mandates.",
        ),
        Role.CATALOGUE_KEEPER: Words(
            "目录编制人：编制并提出目录版本。", "Catalogue keeper: prepares and proposes editions of the catalogue."
        ),
        Role.CATALOGUE_APPROVER: Words(
            "目录批准人：批准目录版本，确认法律依据的来源。",
            "Catalogue approver: approves editions and confirms the sources of legal bases.",
        ),
        Role.RECALL_OFFICER: Words(
            "召回经办人：对任一报送单位的批次提出或同意召回。",
            "Recall officer: asks for, or agrees to, the recall of any supplier's batch.",
        ),
        Role.ERASURE_OFFICER: Words(
            "删除经办人：两人共同决定删除一人的全部信息。",
            "Erasure officer: two of them together decide on erasing all that is held about one person.",
        ),
        Role.OPERATOR: Words(
            "运行维护员：看系统状态和停滞的任务，不接触个人信息。",
            "Operator: sees health and stuck work, and no personal data.",
        ),
        Role.AUDITOR: Words(
            "审计员：查看权限表和操作日志，不兼任其他职务。",
            "Auditor: reads the permission matrix and the journal, and holds no other role.",
        ),
        Role.INQUIRER: Words(
            "查询员：为本单位的在办事项，依法或经本人同意查询一个人的有关内容，每次都告诉本人。",
            "Inquirer: asks about one person for an open case of the own organisation, by law or consent; the person sees it.",
        ),
        Role.ACCESS_SUPERVISOR: Words(
            "查询监督员：复核查询是否正当，对滥用者立即停止查询。",
            "Access supervisor: reviews whether looks were justified, and stops at once the access of whoever misuses it.",
        ),
    }
)

_LEAD = frozenset({Tier.LEAD})
_LEAD_AND_DISTRICT = frozenset({Tier.LEAD, Tier.DISTRICT})
_SUPPLYING = frozenset({Tier.LEAD, Tier.DISTRICT, Tier.SUPPLIER})
_ANY = frozenset(Tier)

SEATS: Mapping[Role, frozenset[Tier]] = MappingProxyType(
    {
        Role.CLERK: _SUPPLYING,
        Role.SUPERVISOR_CLERK: _SUPPLYING,
        Role.IDENTITY_OFFICER: _LEAD_AND_DISTRICT,
        Role.CASE_OFFICER: _LEAD_AND_DISTRICT,
        Role.OFFICE_HEAD: _ANY,
        Role.CATALOGUE_KEEPER: _LEAD,
        Role.CATALOGUE_APPROVER: _LEAD,
        Role.RECALL_OFFICER: _LEAD,
        Role.ERASURE_OFFICER: _LEAD,
        Role.OPERATOR: _LEAD,
        Role.AUDITOR: _LEAD,
        Role.INQUIRER: _ANY,
        Role.ACCESS_SUPERVISOR: _LEAD_AND_DISTRICT,
    }
)
"""Role -> the tiers it may be held in. What concerns the whole city sits in the lead office."""

SCOPES: Mapping[Role, Scope] = MappingProxyType(
    {role: Scope.OWN if role in {Role.CLERK, Role.SUPERVISOR_CLERK, Role.INQUIRER} else Scope.BELOW for role in Role}
)
"""Role -> its reach. Who supplies or asks reaches the own organisation alone, never a sister's or a subordinate's."""

SOLE_ROLES: frozenset[Role] = frozenset({Role.AUDITOR})
"""Roles whose holder holds no other at the same time: nobody audits their own acts."""

PARENTS: Mapping[Tier, frozenset[Tier]] = MappingProxyType(
    {
        Tier.DISTRICT: _SUPPLYING,
        Tier.SUPPLIER: _SUPPLYING,
        Tier.ASKER: _LEAD_AND_DISTRICT,
    }
)
"""Tier -> the tiers it may stand below; nothing stands below an asking organisation, and the lead office below none."""
