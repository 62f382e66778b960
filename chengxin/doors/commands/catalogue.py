"""`chengxin catalogue`: editions as files, checked and compared; proposed by one official and approved by another (F10)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from chengxin.doors.commands.acting import acting_as, add_official
from chengxin.doors.commands.refusals import DONE, FAULTS, NOT_FOUND
from chengxin.doors.commands.words import one_line, say, spoken


def register(parsers: Any) -> None:
    parser = parsers.add_parser("catalogue", help=one_line("help.catalogue"))
    acts = parser.add_subparsers(metavar="ACT", required=True)
    checked = _act(acts, "check", check, settings="demo", database=False)
    checked.add_argument("files", nargs="*", type=Path, help=one_line("help.files"))
    compared = _act(acts, "diff", diff, settings="demo", database=False)
    compared.add_argument("before", type=Path)
    compared.add_argument("after", type=Path)
    _add_template(_act(acts, "template", template, settings="demo", database=False))
    proposed = _act(acts, "propose", propose)
    proposed.add_argument("file", type=Path)
    proposed.add_argument("--from", dest="start", type=date.fromisoformat, help=one_line("help.in_force_from"))
    confirmed = _act(acts, "confirm", confirm)
    confirmed.add_argument("edition", type=UUID, help=one_line("help.edition_uid"))
    confirmed.add_argument("source")
    confirmed.add_argument("--evidence", required=True, help=one_line("help.evidence"))
    approved = _act(acts, "approve", approve)
    approved.add_argument("edition", type=UUID, help=one_line("help.edition_uid"))
    for official in (proposed, confirmed, approved):
        add_official(official)


def _act(acts: Any, name: str, run: Callable[[argparse.Namespace], int], **needs: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = acts.add_parser(name, help=one_line(f"help.catalogue_{name}"))
    parser.set_defaults(run=run, **needs)
    return parser


def _add_template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("item", help=one_line("help.item"))
    parser.add_argument("--files", nargs="+", type=Path, help=one_line("help.files"))
    parser.add_argument("--form", choices=["csv", "xlsx"], default="xlsx", help=one_line("help.template_form"))
    parser.add_argument("--out", type=Path, help=one_line("help.out"))


def check(chosen: argparse.Namespace) -> int:
    """Every fault of the files, each with file, line and code, in the languages spoken."""
    from chengxin.catalogue import facade as catalogue

    paths = chosen.files or list(catalogue.shipped_files().values())
    faults = catalogue.check_files(paths)
    for fault in faults:
        for language in spoken():
            print(f"{fault.file}:{fault.line}: {fault.code}: {fault.zh if language == 'zh' else fault.en}")
    say("catalogue.faults" if faults else "catalogue.fine", count=len(faults) or len(paths))
    return FAULTS if faults else DONE


def diff(chosen: argparse.Namespace) -> int:
    """Every difference of items, and whether it widens or narrows what is done to people. Exit code 1 where there is one."""
    from chengxin.catalogue import facade as catalogue

    changes = catalogue.diff_files(chosen.before, chosen.after)
    for change in changes:
        print(
            f"{change.kind.value:9} {change.item}.{change.attribute}: {change.before or '-'} -> {change.after or '-'}"
        )
    if not changes:
        say("catalogue.same")
    return FAULTS if changes else DONE


def template(chosen: argparse.Namespace) -> int:
    """The empty table of an item, as suppliers fill it in."""
    from chengxin.catalogue import facade as catalogue

    item = catalogue.merged_files(chosen.files or catalogue.shipped_files().values()).item(chosen.item)
    if item is None:
        say("catalogue.no_item", item=chosen.item)
        return NOT_FOUND
    path: Path = chosen.out or Path(f"{item.code}.{chosen.form}")
    path.write_bytes(catalogue.template_xlsx(item) if chosen.form == "xlsx" else catalogue.template_csv(item))
    say("catalogue.template", name=path)
    return DONE


def propose(chosen: argparse.Namespace) -> int:
    """Store an edition as proposed, and name the sources that must be confirmed before it can come in force."""
    from chengxin.catalogue import facade as catalogue
    from chengxin.foundation import clock

    at = clock.now()
    text = chosen.file.read_text(encoding="utf-8")
    view = catalogue.propose_edition(
        actor=acting_as(chosen.login, at),
        file_name=chosen.file.name,
        text=text,
        at=at,
        reason=chosen.reason,
        in_force_from=chosen.start,
    )
    say("catalogue.proposed", code=view.code, uid=view.uid, day=view.in_force_from)
    if view.unconfirmed:
        say("catalogue.unconfirmed", count=len(view.unconfirmed))
        for source in view.unconfirmed:
            print(f"  {source.mark.value}  {source.code}  {source.title.zh} / {source.title.en}")
    return DONE


def confirm(chosen: argparse.Namespace) -> int:
    """Say by name that a source was compared with the official text."""
    from chengxin.catalogue import facade as catalogue
    from chengxin.foundation import clock

    at = clock.now()
    catalogue.confirm_source(
        actor=acting_as(chosen.login, at),
        edition_uid=chosen.edition,
        source=chosen.source,
        evidence=chosen.evidence,
        at=at,
        reason=chosen.reason,
    )
    say("catalogue.confirmed", source=chosen.source)
    return DONE


def approve(chosen: argparse.Namespace) -> int:
    """Bring an edition that somebody else proposed in force from its day."""
    from chengxin.catalogue import facade as catalogue
    from chengxin.foundation import clock

    at = clock.now()
    view = catalogue.approve_edition(
        actor=acting_as(chosen.login, at), edition_uid=chosen.edition, at=at, reason=chosen.reason
    )
    say("catalogue.approved", code=view.code, day=view.in_force_from)
    return DONE
