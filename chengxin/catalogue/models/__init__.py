"""Tables of the catalogue. All are reference tables: small, the same on every server, about no person."""

from chengxin.catalogue.models.basis import Basis
from chengxin.catalogue.models.confirmation import Confirmation
from chengxin.catalogue.models.display import Display
from chengxin.catalogue.models.edition import Approval, StoredEdition

__all__ = ["Approval", "Basis", "Confirmation", "Display", "StoredEdition"]
