"""`chengxin remedies`: the workflows and clocks of the remedies, as matrices and diagrams."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from chengxin.doors.commands.refusals import DONE
from chengxin.doors.commands.words import one_line


def register(parsers: Any) -> None:
    parser = parsers.add_parser("remedies", help=one_line("help.remedies"))
    parser.set_defaults(run=run, database=False)


def run(chosen: argparse.Namespace) -> int:
    """To standard output, in Markdown."""
    from chengxin.doors.remedies import as_markdown

    sys.stdout.write(as_markdown())
    return DONE
