"""What officials fill in on a case: the filter of their queue, whose desk, one step with its letter, a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from chengxin.doors.portal.forms.acting import ActForm, RefusableForm
from chengxin.doors.portal.forms.base import PortalForm
from chengxin.doors.portal.forms.questions import own_day
from chengxin.doors.portal.forms.sending import Streamed
from chengxin.doors.portal.presenters.steps import StepAsks
from chengxin.doors.wording import Language, text
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import NO_DEED, Deed, LetterWords, PaperKind, Turn
from chengxin.remedies.terms.desks import Desk, QueueAsk
from chengxin.remedies.terms.letters import LetterKind, RemedyKind
from chengxin.remedies.terms.workflows import TWO_PAPERS, Asked

LONG = 20_000
UNSAID = ("：", ":")
"""How a line of evidence ends that says what a paper is, and not yet what it showed."""
LINE = 300
PAGE = 50
HANDED_IN = (PaperKind.EVIDENCE, PaperKind.PERFORMANCE, PaperKind.CERTIFICATE, PaperKind.RULING, PaperKind.MINUTES)


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class QueueForm(PortalForm):
    """What of the queue is shown; whatever cannot be read counts as not asked."""

    topic: ClassVar[str] = "desk.filter"

    desk = forms.ChoiceField()
    turn = forms.ChoiceField()
    workflow = forms.ChoiceField()
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    EVERYTHING: ClassVar[str] = "all"

    def __init__(self, given: QueryDict, *, language: Language, **kwargs: Any) -> None:
        asked = dict.fromkeys(("desk", "turn", "workflow"), self.EVERYTHING) | given.dict()
        super().__init__(asked, language=language, **kwargs)
        everything = (self.EVERYTHING, text("desk.filter.everything", language))
        offered: Mapping[str, Sequence[tuple[str, str]]] = {
            "desk": [(one.value, text(f"desk.filter.desk_{one.value}", language)) for one in Desk],
            "turn": [everything, *((one.value, text(f"desk.turn.{one.value}", language)) for one in Turn)],
            "workflow": [
                everything,
                *((code, text(f"remedies.workflow.{code}", language)) for code in remedies.WORKFLOWS),
            ],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def asked(self) -> QueueAsk:
        """The question to the queue."""
        self.full_clean()
        given = self.cleaned_data
        turn, workflow = (given.get(name, self.EVERYTHING) for name in ("turn", "workflow"))
        return QueueAsk(
            desk=Desk(given.get("desk") or Desk.ALL),
            turn=None if turn == self.EVERYTHING else Turn(turn),
            workflow="" if workflow == self.EVERYTHING else workflow,
            offset=((given.get("page") or 1) - 1) * PAGE,
            limit=PAGE,
        )


class Names(forms.Select):
    """A list of people: a name in Chinese is marked as such, so that a reading voice on an English page knows."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        if any("\u3400" <= sign <= "\u9fff" for sign in str(option["label"])):
            option["attrs"]["lang"] = "zh-Hans"
        return option


class AssignForm(PortalForm):
    """On whose desk: one's own, a colleague's, nobody's."""

    topic: ClassVar[str] = "desk.assign"
    NOBODY: ClassVar[str] = "nobody"

    to = forms.ChoiceField(widget=Names)

    def __init__(self, *args: Any, language: Language, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*colleagues, (self.NOBODY, text("desk.assign.nobody", language))]


class StepForm(ActForm):
    """One step: what the person reads, the letter where one goes, and what the step's guards ask for.

    ``seen``: how many acts the case had when the page was shown, so that nobody acts on what they have not read.
    """

    topic: ClassVar[str] = "desk.step"

    result = forms.CharField(max_length=1000, widget=_lines(2))
    reason = forms.CharField(max_length=LONG, widget=_lines(8))
    evidence = forms.CharField(max_length=LONG, widget=_lines(4))
    laws = forms.CharField(max_length=LONG, widget=_lines(3))
    changed = forms.CharField(max_length=1000, widget=_lines(2))
    contact = forms.CharField(max_length=LINE)
    review_where = forms.CharField(max_length=LINE)
    reconsideration_where = forms.CharField(max_length=LINE)
    lawsuit_where = forms.CharField(max_length=LINE)
    passages = forms.CharField(max_length=LONG, widget=_lines(4))
    asked = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    filing = forms.CharField(max_length=LINE)
    filed_on = own_day()
    served_on = own_day()
    rights_told = forms.BooleanField()
    minutes = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    LETTER: ClassVar[tuple[str, ...]] = ("result", "evidence", "laws", "contact")
    WHERE: ClassVar[Mapping[RemedyKind, str]] = {
        RemedyKind.REVIEW: "review_where",
        RemedyKind.RECONSIDERATION: "reconsideration_where",
        RemedyKind.LAWSUIT: "lawsuit_where",
        RemedyKind.APPEAL: "lawsuit_where",
    }

    def __init__(self, *args: Any, language: Language, asks: StepAsks, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        self.asks = asks
        field = self.fields["asked"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.value, text(f"desk.step.asked_{one.value}", language)) for one in sorted(TWO_PAPERS)]
        for name in set(self.fields) - self._wanted():
            del self.fields[name]
        self.order_fields(("passages", "result", "reason"))
        for name, one in self.fields.items():
            one.required = name != "reason" or asks.reason or asks.letter is not None

    def full_clean(self) -> None:
        """What is missing the checklist and the guards say, in their words; the page only marks what is needed."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    @property
    def day_of_service(self) -> date | None:
        """The day on which the ruling reached the person, where it was filled in."""
        return self.cleaned_data.get("served_on") if self.is_bound else None

    def _wanted(self) -> set[str]:
        asks = self.asks
        found = {"seen"}
        if not asks.draft:
            found.add("reason")
        if asks.letter is not None:
            found |= {*self.LETTER, *(self.WHERE[remedy] for remedy in remedies.NEXT.get(asks.letter, ()))}
            found |= {"changed"} if asks.letter is LetterKind.FOR else set()
        for name, wanted in (
            ("asked", asks.papers),
            ("filing", asks.filing),
            ("rights_told", asks.rights),
            ("passages", asks.passages),
            ("filed_on", asks.filed_on),
            ("served_on", asks.served_on),
            ("minutes", asks.minutes),
        ):
            if wanted:
                found.add(name)
        return found

    def deed(self) -> Deed:
        """What the step brings. The letter's reason is the step's own: it is written once."""
        given = self.cleaned_data
        if self.asks.draft:
            return NO_DEED
        return Deed(
            reason=given.get("reason", ""),
            letter=self._letter() if self.asks.letter is not None else None,
            asked=frozenset(Asked(one) for one in given.get("asked", ())),
            filing=given.get("filing", ""),
            rights_told=bool(given.get("rights_told")),
            passages=_split(given.get("passages", "")),
            on=given.get("filed_on") or given.get("served_on"),
            minutes=given.get("minutes", ""),
        )

    def _letter(self) -> LetterWords:
        given = self.cleaned_data
        return LetterWords(
            result=given.get("result", ""),
            reason=given.get("reason", ""),
            evidence=tuple(one for one in _split(given.get("evidence", "")) if not one.endswith(UNSAID)),
            laws=_split(given.get("laws", "")),
            contact=given.get("contact", ""),
            changed=given.get("changed", ""),
            review_where=given.get("review_where", ""),
            reconsideration_where=given.get("reconsideration_where", ""),
            lawsuit_where=given.get("lawsuit_where", ""),
        )


def initial_of(words: LetterWords | None, seen: int) -> dict[str, object]:
    """A form as it is first shown."""
    if words is None:
        return {"seen": seen}
    return {
        "seen": seen,
        "result": words.result,
        "reason": words.reason,
        "evidence": "\n".join(words.evidence),
        "laws": "\n".join(words.laws),
        "contact": words.contact,
        "changed": words.changed,
        "review_where": words.review_where,
        "reconsideration_where": words.reconsideration_where,
        "lawsuit_where": words.lawsuit_where,
    }


def _split(lines: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines.splitlines() if line.strip())


class PaperForm(RefusableForm):
    """A paper that an office puts into a case; the file comes last, so that it is read as it arrives.

    ``of_source``: who puts it in answers for the source, and so may certify.
    """

    topic: ClassVar[str] = "desk.paper"

    kind = forms.ChoiceField(widget=forms.RadioSelect)
    fetched_from = forms.CharField(max_length=200, required=False)
    file = Streamed(widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}))

    def __init__(self, *args: Any, language: Language, of_source: bool, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one.value, text(f"desk.paper_kind.{one.value}", language))
            for one in HANDED_IN
            if of_source or one is not PaperKind.CERTIFICATE
        ]

    def say_missing_file(self) -> None:
        """No file was chosen."""
        self.add_error("file", ValidationError("missing", code="missing"))
