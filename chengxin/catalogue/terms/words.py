"""Enumerations and small values that every part of the catalogue speaks with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Nature(StrEnum):
    """What an entry says about its person."""

    NEUTRAL = "neutral"
    GOOD = "good"
    ADVERSE = "adverse"


class ActClass(IntEnum):
    """Class of the act as the ledger stores it (信用修复管理办法: 轻微, 一般, 严重). `NONE`: not adverse."""

    NONE = 0
    MINOR = 1
    GENERAL = 2
    SERIOUS = 3

    @property
    def word(self) -> str:
        """The word an edition file uses."""
        return self.name.lower()


class Sharing(StrEnum):
    """Widest sharing of an item beside its subject. Order of width: none < on_consent < by_law."""

    NONE = "none"
    ON_CONSENT = "on_consent"
    BY_LAW = "by_law"

    @property
    def width(self) -> int:
        """Rank of width, for the narrower-than rule."""
        return (Sharing.NONE, Sharing.ON_CONSENT, Sharing.BY_LAW).index(self)


class Publication(StrEnum):
    """Whether the public may see an item: only where its own clause orders it (charter 6)."""

    NONE = "none"
    LAW_ORDERS = "law_orders"


class ItemStatus(StrEnum):
    """`closed`: the item is known and nothing of it is accepted; a named later edition may open it."""

    OPEN = "open"
    CLOSED = "closed"


class AgeRule(StrEnum):
    """How the minimum age is shown (F11): only ordinary penalties know the 25-at-decision policy."""

    ORDINARY = "ordinary"
    CRIMINAL = "criminal"
    COURT = "court"


class Level(StrEnum):
    """Level of an edition; a lower one may only narrow the one above it or fill its slots."""

    NATIONAL = "national"
    CITY = "city"


class Mark(StrEnum):
    """How well a claim is known. B, C and M must be confirmed by name before production serves the edition (F10)."""

    A = "A"  # full primary text read
    B = "B"  # primary excerpt, or two agreeing secondary sources
    C = "C"  # one secondary source
    M = "M"  # memory
    OWN = "own"  # a rule of this product, stricter than any source: nothing to confirm


class FieldType(StrEnum):
    """Type of a cell."""

    TEXT = "text"
    DATE = "date"
    DECIMAL = "decimal"
    INTEGER = "integer"
    CODE = "code"


class FieldRole(StrEnum):
    """What a field means to screening and to the ledger; a new item needs no code because its fields carry these."""

    PERSON_NAME = "person_name"
    DOCUMENT_KIND = "document_kind"
    DOCUMENT_NUMBER = "document_number"
    BIRTH_DATE = "birth_date"
    DECISION_NUMBER = "decision_number"
    DECIDED_ON = "decided_on"
    ACT_ON = "act_on"
    FINAL_ON = "final_on"
    SERVED_ON = "served_on"
    SERVICE_METHOD = "service_method"
    SERVICE_RECEIPT = "service_receipt"
    ACT_CLASS = "act_class"
    CLASS_BASIS = "class_basis"
    PROCEDURE = "procedure"
    LEGAL_BASIS = "legal_basis"
    DECIDER_NAME = "decider_name"
    DECIDER_CODE = "decider_code"
    SOURCE_NAME = "source_name"
    SOURCE_CODE = "source_code"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"
    CONTENT = "content"
    AMOUNT = "amount"
    FREE_TEXT = "free_text"
    REMARK_REFUSED = "remark_refused"
    COURT_REASON = "court_reason"
    COMPUTED_IGNORED = "computed_ignored"


class RequiredKind(StrEnum):
    """When a cell must be filled."""

    ALWAYS = "always"
    WHEN = "when"
    NO = "no"


class MaskKind(StrEnum):
    """How a value is shown to anyone but its subject."""

    NONE = "none"
    NAME = "name"
    NUMBER = "number"
    ALL = "all"


class Unit(StrEnum):
    """Unit of a period."""

    MONTH = "month"
    YEAR = "year"


class Cycle(StrEnum):
    """How often a supplier owes a file."""

    ON_DECISION = "on_decision"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class SupplierKind(StrEnum):
    """Kinds of organisation an edition may name as supplier; `offices` gives each organisation one of these words."""

    GOVERNMENT = "government"
    DEVELOPMENT_REFORM = "development_reform"
    APPROVAL = "approval"
    MARKET_REGULATION = "market_regulation"
    TRANSPORT = "transport"
    CULTURE_TOURISM = "culture_tourism"
    FILM = "film"
    EMERGENCY = "emergency"
    COAL_SAFETY = "coal_safety"
    HOUSING = "housing"
    ECOLOGY = "ecology"
    WATER = "water"
    NATURAL_RESOURCES = "natural_resources"
    FORESTRY = "forestry"
    AGRICULTURE = "agriculture"
    SCIENCE = "science"
    HEALTH = "health"
    DRUG_REGULATION = "drug_regulation"
    MEDICAL_INSURANCE = "medical_insurance"
    SECURITIES = "securities"
    FINANCE_REGULATION = "finance_regulation"
    FISCAL = "fiscal"
    TAX = "tax"
    LABOUR = "labour"
    CYBERSPACE = "cyberspace"
    MILITARY_SERVICE = "military_service"
    CIVIL_AFFAIRS = "civil_affairs"
    CIVILISATION = "civilisation"
    EDUCATION = "education"
    COURT = "court"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, order=False)
class Period:
    """`n` months or years; its end is computed by the kernel (民法典 201, 202: start day not counted)."""

    n: int
    unit: Unit

    @property
    def months(self) -> int:
        """Length in months."""
        return self.n * (12 if self.unit is Unit.YEAR else 1)

    @property
    def code(self) -> str:
        """As an edition file writes it: `3m`, `1y`."""
        return f"{self.n}{'y' if self.unit is Unit.YEAR else 'm'}"

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `3m` or `1y`. Raises ValueError for anything else, zero included."""
        found = re.fullmatch(r"([1-9][0-9]{0,2})([my])", text)
        if found is None:
            raise ValueError(f"not a period: {text!r}")
        return cls(int(found[1]), Unit.YEAR if found[2] == "y" else Unit.MONTH)


@dataclass(frozen=True, slots=True)
class Source:
    """A text that claims in an edition rest on, with the mark of its weakest claim."""

    code: str
    title: Words
    mark: Mark


@dataclass(frozen=True, slots=True)
class Claim:
    """Which source a figure or item rests on, and how well that one claim is known."""

    source: str
    mark: Mark
