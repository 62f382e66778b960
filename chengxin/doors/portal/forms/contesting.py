"""What a person contests that is no entry: a look, its use, a demand to show one's own report."""

from __future__ import annotations

from typing import ClassVar

from chengxin.doors.portal.forms.questions import CodedForm, QuestionForm, own_words, radios, short_words
from chengxin.remedies.terms.cases import AboutKind


class ContestForm(CodedForm):
    """That they looked, or what they did with it; and why that is wrong."""

    topic: ClassVar[str] = "resident.contest"
    codes: ClassVar = {"what": ("resident.contest.what_is", (AboutKind.LOOK.value, AboutKind.USE.value))}

    what = radios()
    words = own_words(required=True)


class DemandForm(QuestionForm):
    """Who wants to see the report, and what for."""

    topic: ClassVar[str] = "resident.demand"

    by = short_words()
    words = own_words(required=True)
