"""Tables of the room remedies."""

from chengxin.remedies.models.cases import Case, Event, Opening, Paper, PaperContent, StepRow
from chengxin.remedies.models.docket import CasePerson, Docket, Recipient
from chengxin.remedies.models.drafts import Draft
from chengxin.remedies.models.letters import Letter
from chengxin.remedies.models.unnamed import Unnamed, UnnamedAnswer

__all__ = [
    "Case",
    "CasePerson",
    "Docket",
    "Draft",
    "Event",
    "Letter",
    "Opening",
    "Paper",
    "PaperContent",
    "Recipient",
    "StepRow",
    "Unnamed",
    "UnnamedAnswer",
]
