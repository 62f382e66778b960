"""`chengxin log status | verify | sequence`: the proof log as it stands, checked whole, or one proof file checked by itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chengxin.doors.commands.refusals import BAD_INPUT, DONE, FAULTS
from chengxin.doors.commands.words import one_line, say


class _Alone(argparse.Action):
    """A proof file is checked without settings, database or anybody's help."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        namespace.proof, namespace.settings = values, None


def register(parsers: Any) -> None:
    steps = parsers.add_parser("log", help=one_line("help.log")).add_subparsers(metavar="STEP", required=True)
    steps.add_parser("status", help=one_line("help.log_status")).set_defaults(run=status)
    steps.add_parser("sequence", help=one_line("help.log_sequence")).set_defaults(run=sequence)
    check = steps.add_parser("verify", help=one_line("help.log_verify"))
    check.add_argument("--from", dest="proof", type=Path, action=_Alone, metavar="FILE", help=one_line("help.log_from"))
    check.add_argument("--key", action="append", default=[], help=one_line("help.log_key"))
    check.set_defaults(run=verify)


def status(chosen: argparse.Namespace) -> int:
    """Size, moment and what waits; exit code 1 where something waits too long."""
    from chengxin.access import facade as access

    state = access.log_state()
    say("log.state", origin=state.origin, size=state.size, at=state.at.isoformat() if state.at else "-")
    say("log.late" if state.late else "log.waiting", count=state.waiting)
    return FAULTS if state.late else DONE


def sequence(chosen: argparse.Namespace) -> int:
    """Sequence now what waits, as a worker does every second."""
    from chengxin.doors.commands.sequencer import sequence_all

    say("log.sequenced", count=sequence_all())
    return DONE


def verify(chosen: argparse.Namespace) -> int:
    """Check everything, or one proof file; every fault on a line of its own, as a code and a place."""
    if chosen.proof is not None:
        return _verify_proof(chosen.proof, chosen.key)
    from chengxin.access import facade as access

    found = 0
    for fault in access.verify_log():
        found += 1
        print(f"{fault.kind} {fault.where}", flush=True)
    state = access.log_state()
    say("log.faulty" if found else "log.whole", count=found or state.size)
    return FAULTS if found else DONE


def _verify_proof(file: Path, keys: Sequence[str]) -> int:
    # the counter of the room needs settings, and who checks a proof elsewhere has none
    from chengxin.access.rules import notes, proving

    try:
        proof = proving.proof_of(file.read_text(encoding="utf-8"))
        fault = proving.proof_fault(proof, keys or proof.keys)
    except (proving.ProofUnreadable, notes.NoteUnreadable, UnicodeDecodeError):
        say("log.proof_unreadable", name=file.name, to=sys.stderr)
        return BAD_INPUT
    print(proof.text.decode())
    if not keys:
        say("log.key_from_file", used=" ".join(proof.keys))
    say(f"log.{fault or 'proof_holds'}")
    return FAULTS if fault else DONE
