"""Whether an item is shared with a purpose."""

from __future__ import annotations

from chengxin.catalogue.terms import Item, PurposeSpec, Sharing


def shares_with(item: Item, purpose: PurposeSpec) -> bool:
    """Whether the item's own sharing lets this purpose have it: by consent, or under the very article that grants it."""
    if purpose.basis is None:
        return item.sharing in (Sharing.ON_CONSENT, Sharing.BY_LAW)
    return item.sharing is Sharing.BY_LAW and any(grant.basis == purpose.basis for grant in item.grants)
