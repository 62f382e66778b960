"""Every write of the catalogue: an edition is proposed, its sources confirmed, and another person brings it in force."""

from chengxin.catalogue.actions.deciding import approve_edition, refuse_edition
from chengxin.catalogue.actions.proposing import confirm_source, propose_edition

__all__ = ["approve_edition", "confirm_source", "propose_edition", "refuse_edition"]
