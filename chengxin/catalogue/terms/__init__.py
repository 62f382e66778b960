"""Words of the catalogue: enums and frozen value types. Pure; nothing here reads a file, a clock or a table.

An edition is a whole catalogue of one level (national, city); an item is one kind of fact that may be collected; a
field is one column of its file; an element is what a field may mean (closed dictionary, `elements.py`). Lengths count
characters, amounts are in the unit the field names, periods are months or years.
"""

from chengxin.catalogue.terms.bases import BasisRef, BasisStanding, Citation, Clause, LegalBasis, Regulation
from chengxin.catalogue.terms.editions import (
    Change,
    ChangeKind,
    Edition,
    EditionApproved,
    EditionProposed,
    Fault,
    MergedEdition,
    Narrowing,
    Slot,
)
from chengxin.catalogue.terms.elements import ELEMENTS
from chengxin.catalogue.terms.fields import STRUCTURED_TEXT_ROLES, CodeValue, Condition, Element, FieldSpec, Required
from chengxin.catalogue.terms.items import DisplayPeriod, Duty, Item, Retention, SharingGrant, Supplier
from chengxin.catalogue.terms.purposes import AskerKind, CheckRule, Frequency, Operation, PurposeSpec
from chengxin.catalogue.terms.reasons import EditionFaulty, EditionUnknown, NoEditionInForce, Reason
from chengxin.catalogue.terms.seals import LONGEST_SILENCE_DAYS, SealSpec
from chengxin.catalogue.terms.views import EditionState, EditionView
from chengxin.catalogue.terms.words import (
    ActClass,
    AgeRule,
    Claim,
    Cycle,
    FieldRole,
    FieldType,
    ItemStatus,
    Level,
    Mark,
    MaskKind,
    Nature,
    Period,
    Publication,
    RequiredKind,
    Sharing,
    Source,
    SupplierKind,
    Unit,
    Words,
)

__all__ = [
    "ELEMENTS",
    "LONGEST_SILENCE_DAYS",
    "STRUCTURED_TEXT_ROLES",
    "ActClass",
    "AgeRule",
    "AskerKind",
    "BasisRef",
    "BasisStanding",
    "Change",
    "ChangeKind",
    "CheckRule",
    "Citation",
    "Claim",
    "Clause",
    "CodeValue",
    "Condition",
    "Cycle",
    "DisplayPeriod",
    "Duty",
    "Edition",
    "EditionApproved",
    "EditionFaulty",
    "EditionProposed",
    "EditionState",
    "EditionUnknown",
    "EditionView",
    "Element",
    "Fault",
    "FieldRole",
    "FieldSpec",
    "FieldType",
    "Frequency",
    "Item",
    "ItemStatus",
    "LegalBasis",
    "Level",
    "Mark",
    "MaskKind",
    "MergedEdition",
    "Narrowing",
    "Nature",
    "NoEditionInForce",
    "Operation",
    "Period",
    "Publication",
    "PurposeSpec",
    "Reason",
    "Regulation",
    "Required",
    "RequiredKind",
    "Retention",
    "SealSpec",
    "Sharing",
    "SharingGrant",
    "Slot",
    "Source",
    "Supplier",
    "SupplierKind",
    "Unit",
    "Words",
]
