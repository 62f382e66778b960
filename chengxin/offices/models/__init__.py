"""What the database promises about organisations, officials, mandates, trainings, machine clients and suspensions.

Reference tables: small, copied whole to every server of a cluster, so no triggers (scale.md). What must not change is
held by column grants (sql/grants.sql): role web may update the columns that an act sets, no other, and deletes nothing.
"""

from chengxin.offices.models.client import Client
from chengxin.offices.models.mandate import Mandate
from chengxin.offices.models.official import Official
from chengxin.offices.models.organisation import Organisation
from chengxin.offices.models.suspension import Suspension
from chengxin.offices.models.training import Training, TrainingTakenBack

__all__ = ["Client", "Mandate", "Official", "Organisation", "Suspension", "Training", "TrainingTakenBack"]
