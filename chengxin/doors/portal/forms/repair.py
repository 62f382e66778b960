"""The questions of a request for repair: nothing beyond the two papers has a place to be asked for."""

from __future__ import annotations

from typing import ClassVar

from chengxin.doors.portal.forms.questions import CodedForm, QuestionForm, own_words, radios, short_words

PAPER = "paper"
OFFICE = "office"
TYPED = "typed"


class DoneForm(QuestionForm):
    """What was done to perform the decision."""

    topic: ClassVar[str] = "resident.repair"

    words = own_words(required=True)


class PerformanceForm(CodedForm):
    """Where the proof that it is done lies: with the person, or with an office, from which it is fetched."""

    topic: ClassVar[str] = "resident.repair"
    codes: ClassVar = {"performance": ("resident.repair.performance_is", (PAPER, OFFICE))}

    performance = radios()


class HolderForm(QuestionForm):
    """Which office holds it."""

    topic: ClassVar[str] = "resident.repair"

    holder = short_words()


class CommitmentForm(CodedForm):
    """How the commitment is given: written here, or on paper."""

    topic: ClassVar[str] = "resident.repair"
    codes: ClassVar = {"commitment": ("resident.repair.commitment_is", (TYPED, PAPER))}

    commitment = radios()


class PromiseForm(QuestionForm):
    """The commitment in words; ours may be taken or changed."""

    topic: ClassVar[str] = "resident.repair"

    promise = own_words(required=True)
