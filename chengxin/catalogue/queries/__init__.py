"""Every read of the catalogue."""

from chengxin.catalogue.queries.drafts import Draft, changes_of, checked_draft
from chengxin.catalogue.queries.editions import (
    approved_editions,
    edition_of,
    edition_on,
    edition_view,
    editions,
    item,
    items_supplied_by,
    upper_for,
)
from chengxin.catalogue.queries.files import check_files, diff_files, merged_files, shipped_files
from chengxin.catalogue.queries.laws import (
    basis_in_force,
    basis_standing,
    citations_standing_on,
    forbidden_beside_laws,
    item_basis_standing,
    law_table_on,
    law_turns,
    shipped_laws,
)
from chengxin.catalogue.queries.seals import seals_on

__all__ = [
    "Draft",
    "approved_editions",
    "basis_in_force",
    "basis_standing",
    "changes_of",
    "check_files",
    "checked_draft",
    "citations_standing_on",
    "diff_files",
    "edition_of",
    "edition_on",
    "edition_view",
    "editions",
    "forbidden_beside_laws",
    "item",
    "item_basis_standing",
    "items_supplied_by",
    "law_table_on",
    "law_turns",
    "merged_files",
    "seals_on",
    "shipped_files",
    "shipped_laws",
    "upper_for",
]
