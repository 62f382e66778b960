"""The counter: what other rooms may use of the catalogue, besides its terms."""

from chengxin.catalogue.actions import approve_edition, confirm_source, propose_edition, refuse_edition
from chengxin.catalogue.queries import (
    Draft,
    approved_editions,
    basis_in_force,
    basis_standing,
    changes_of,
    check_files,
    checked_draft,
    citations_standing_on,
    diff_files,
    edition_on,
    edition_view,
    editions,
    forbidden_beside_laws,
    item,
    item_basis_standing,
    items_supplied_by,
    law_turns,
    merged_files,
    shipped_files,
)
from chengxin.catalogue.rules.citations import parse_citations
from chengxin.catalogue.rules.clauses import CLAUSES
from chengxin.catalogue.rules.differing import differences, item_differences
from chengxin.catalogue.rules.display import display_end, repair_from, retain_until
from chengxin.catalogue.rules.screen import (
    ROW_INNOCENT_PATTERN,
    ROW_MASK,
    ROW_PATTERNS,
    ROW_TRIGGERS,
    forbidden_matter,
)
from chengxin.catalogue.rules.templates import form_words, help_words, required_words, template_csv, template_xlsx

__all__ = [
    "CLAUSES",
    "ROW_INNOCENT_PATTERN",
    "ROW_MASK",
    "ROW_PATTERNS",
    "ROW_TRIGGERS",
    "Draft",
    "approve_edition",
    "approved_editions",
    "basis_in_force",
    "basis_standing",
    "changes_of",
    "check_files",
    "checked_draft",
    "citations_standing_on",
    "confirm_source",
    "diff_files",
    "differences",
    "display_end",
    "edition_on",
    "edition_view",
    "editions",
    "forbidden_beside_laws",
    "forbidden_matter",
    "form_words",
    "help_words",
    "item",
    "item_basis_standing",
    "item_differences",
    "items_supplied_by",
    "law_turns",
    "merged_files",
    "parse_citations",
    "propose_edition",
    "refuse_edition",
    "repair_from",
    "required_words",
    "retain_until",
    "shipped_files",
    "template_csv",
    "template_xlsx",
]
