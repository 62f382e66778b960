"""Every read about offices. Organisations are open to all; officials, mandates, clients, suspensions are shown by reach."""

from chengxin.offices.queries.asking import asker_standing, own_document_mark, standing_of, training_view, trainings_of
from chengxin.offices.queries.authority import Authority, actor_for, may, require_permission
from chengxin.offices.queries.clients import client_for, client_seen, clients_of
from chengxin.offices.queries.mandates import (
    colleagues,
    held_between,
    mandates_due,
    mandates_of,
    mandates_waiting,
    official_for,
    officials_of,
)
from chengxin.offices.queries.officials import official_names
from chengxin.offices.queries.organisations import (
    organisation,
    organisation_by_code,
    organisation_by_uid,
    organisation_path,
    organisation_view,
    organisations,
    organisations_below,
)
from chengxin.offices.queries.suspensions import (
    askers_of,
    speaks_for,
    suspension_facts,
    suspension_for,
    suspensions_for,
)
from chengxin.offices.queries.training import trainings_taken_back
from chengxin.offices.queries.views import client_facts, mandate_facts, mandate_views, official_view

__all__ = [
    "Authority",
    "actor_for",
    "asker_standing",
    "askers_of",
    "client_facts",
    "client_for",
    "client_seen",
    "clients_of",
    "colleagues",
    "held_between",
    "mandate_facts",
    "mandate_views",
    "mandates_due",
    "mandates_of",
    "mandates_waiting",
    "may",
    "official_for",
    "official_names",
    "official_view",
    "officials_of",
    "organisation",
    "organisation_by_code",
    "organisation_by_uid",
    "organisation_path",
    "organisation_view",
    "organisations",
    "organisations_below",
    "own_document_mark",
    "require_permission",
    "speaks_for",
    "standing_of",
    "suspension_facts",
    "suspension_for",
    "suspensions_for",
    "training_view",
    "trainings_of",
    "trainings_taken_back",
]
