"""What can be missing in this room."""

from chengxin.kernel.errors import NotFound


class OrganisationUnknown(NotFound):
    """There is no such organisation."""

    code = "organisation_unknown"


class OfficialUnknown(NotFound):
    """There is no such official."""

    code = "official_unknown"


class TrainingUnknown(NotFound):
    """No such training of this official is recorded."""

    code = "training_unknown"


class MandateUnknown(NotFound):
    """There is no such mandate."""

    code = "mandate_unknown"


class ClientUnknown(NotFound):
    """There is no such machine client."""

    code = "client_unknown"


class SuspensionUnknown(NotFound):
    """There is no such suspension of access."""

    code = "suspension_unknown"
