"""The workflows and clocks of the remedies as a document: matrices, diagrams, who may do what, what each step brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from chengxin.doors.wording import text
from chengxin.kernel.clocks import Length, Unit
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.clocks import Clock, Matter
from chengxin.remedies.terms.workflows import Act, State, Step, Workflow

_UNITS = {Unit.WORKING_DAYS: "working days", Unit.DAYS: "days", Unit.MONTHS: "months", Unit.YEARS: "years"}
_HEAD = """# Remedies: the workflows and the clocks

Written by `chengxin remedies`; do not edit, a test holds it against the code. A cell of a matrix is the state that an act
leads to; an empty cell is refused, with its reason. *The term runs out* is nobody's act: a case is read by its events and the
clocks that they set going, so that it is so by the second in which a term ended, with every job stopped. An answer against the
person takes two officials, neither of whom recorded or decided what is contested, and a letter that lacks nothing. What is
brought to an entry concerns the entry that the case is about, where it is about one.
"""


def as_markdown() -> str:
    """The document `docs/remedies.md`."""
    parts = [_HEAD, *(_workflow(flow) for flow in remedies.WORKFLOWS.values()), _clocks()]
    return "\n".join(parts)


def _workflow(flow: Workflow) -> str:
    lines = [
        f"## {_both(f'workflow.{flow.code}')}",
        "",
        f"Rests on {flow.basis}.",
        "",
        *_states(flow),
        "",
        *_diagram(flow),
        "",
        *_matrix(flow),
        "",
        *_steps(flow),
    ]
    return "\n".join(lines) + "\n"


def _states(flow: Workflow) -> Iterator[str]:
    yield "| state | in words | ends |"
    yield "|---|---|---|"
    for state in flow.states:
        outcome = flow.closed.get(state)
        yield f"| `{state}` | {_both(f'state.{flow.code}.{state}')} | {_said(f'outcome.{outcome}') if outcome else ''} |"


def _diagram(flow: Workflow) -> Iterator[str]:
    """In Mermaid; acts that lead from one state to the same other share an arrow, those that stay where they are none."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for step in flow.steps:
        if step.source is not step.target:
            arrows.setdefault((step.source, step.target), []).append(_said(f"act.{step.act}"))
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in flow.states:
        if state is not flow.first:
            yield f"    {state}: {_said(f'state.{flow.code}.{state}')}"
    for (source, target), acts in arrows.items():
        yield f"    {'[*]' if source is flow.first else source} --> {target}: {' / '.join(acts)}"
    for state in flow.closed:
        yield f"    {state} --> [*]"
    yield "```"


def _matrix(flow: Workflow) -> Iterator[str]:
    """Acts down and states across: there are fewer states that something leaves than acts."""
    states = [state for state in flow.states if state not in flow.closed]
    yield f"| act | {' | '.join(f'`{state}`' for state in states)} |"
    yield f"|---|{'---|' * len(states)}"
    for act in flow.acts:
        cells = (flow.table.get((state, act)) for state in states)
        yield f"| {_said(f'act.{act}')} | {' | '.join(step.target if step else '' for step in cells)} |"


def _steps(flow: Workflow) -> Iterator[str]:
    """Each kind of step once: from where, by whom, what must hold, what it brings, which clocks it starts and stops."""
    yield "| act | from | by | if | brings | clocks |"
    yield "|---|---|---|---|---|---|"
    alike: dict[tuple[object, ...], list[Step]] = {}
    for step in sorted(flow.steps, key=lambda one: list(Act).index(one.act)):
        what = (step.act, step.who, step.guards, step.effects, step.starts, step.stops, step.extends, step.terms)
        alike.setdefault(what, []).append(step)
    for first, *others in alike.values():
        cells = (
            _said(f"act.{first.act}"),
            ", ".join(f"`{step.source}`" for step in (first, *others)),
            _list("who", sorted(first.who)),
            _list("guard", first.guards),
            _list("effect", first.effects),
            "; ".join(_turned(first)),
        )
        yield f"| {' | '.join(cells)} |"


def _turned(step: Step) -> Iterator[str]:
    for word, matters in (("after", step.terms), ("starts", step.starts), ("stops", step.stops)):
        if matters:
            yield f"{word} {_codes(matters)}"
    if step.extends:
        yield f"extends {_codes([step.extends])}"


def _clocks() -> str:
    lines = [
        "## Clocks",
        "",
        "Of several that hold, an office has the one that ends first, a person the one that ends last. *Taken*: the platform",
        "binds itself to it everywhere. Marks: A text read, B excerpt, C one secondary source, M memory, own: a rule of this",
        "platform.",
        "",
        "| matter | what | law | term | of | where | taken | mark |",
        "|---|---|---|---|---|---|---|---|",
        *(_clock(clock) for clock in remedies.shipped_clocks().clocks.values()),
    ]
    return "\n".join(lines) + "\n"


def _clock(clock: Clock) -> str:
    term = _length(clock.length)
    if clock.extension:
        used = "" if clock.extension.used else ", not used"
        term += f" (+ {_length(clock.extension.length)}{used})"
    cells = (
        f"`{clock.matter}`",
        f"{clock.words.zh} {clock.words.en}",
        f"{clock.law} {clock.article}".strip(),
        term,
        clock.side,
        clock.reach,
        "yes" if clock.taken else "",
        clock.mark.value,
    )
    return f"| {' | '.join(cells)} |"


def _length(length: Length | None) -> str:
    return "the same day" if length is None else f"{length.n} {_UNITS[length.unit]}"


def _codes(matters: Iterable[Matter]) -> str:
    return ", ".join(f"`{matter}`" for matter in matters)


def _list(group: str, codes: Iterable[StrEnum]) -> str:
    return ", ".join(_said(f"{group}.{code}") for code in codes)


def _said(key: str) -> str:
    return text(f"remedies.{key}", "en")


def _both(key: str) -> str:
    return f"{text(f'remedies.{key}', 'zh')} {text(f'remedies.{key}', 'en')}"
