"""Entry of the command: finds the subcommands, chooses the settings, runs one, and answers with a sentence and an exit code.

A subcommand is a module of this package with `register(parsers)`. It tells by `set_defaults` what to run and what it needs:

| default | meaning |
|---|---|
| `run` | what to call with the parsed arguments; gives the exit code |
| `settings` | the settings meant where the shell names none: `production` unless said otherwise; None: no Django at all |
| `database` | whether the embedded server, where it is the one meant, must run first; True unless said otherwise |

Modules of ours that hold models are imported inside `run`: before it there are no settings.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

from chengxin import __version__
from chengxin.doors import commands
from chengxin.doors.commands import refusals
from chengxin.doors.commands.words import one_line, say

SETTINGS_VARIABLE = "CHENGXIN_SETTINGS"
"""`demo` or `production`; `DJANGO_SETTINGS_MODULE`, where set, comes first."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; the exit codes are those of `refusals`."""
    chosen = build().parse_args(arguments)
    try:
        set_up(chosen)
        code: int = chosen.run(chosen)
    except KeyboardInterrupt:
        say("stopped", to=sys.stderr)
        return refusals.INTERRUPTED
    except BrokenPipeError:
        # whoever read us has gone (`| head`): nothing more is to be said, and nothing at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return refusals.INTERRUPTED
    except Exception as error:
        told = refusals.told(error)
        if told is None:
            raise
        print("\n".join(told.lines), file=sys.stderr)
        return told.code
    return code


def build() -> argparse.ArgumentParser:
    """The parser with every subcommand."""
    parser = argparse.ArgumentParser(
        prog="chengxin", description=one_line("help.chengxin"), epilog=one_line("help.settings")
    )
    parser.add_argument("--version", action="version", version=f"chengxin {__version__}")
    parser.set_defaults(settings="production", database=True)
    parsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for found in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"{commands.__name__}.{found.name}")
        if hasattr(module, "register"):
            module.register(parsers)
    return parser


def set_up(chosen: argparse.Namespace) -> None:
    """Settings, Django, and the embedded server where the subcommand needs them."""
    if chosen.settings is None:
        return
    name = os.environ.get(SETTINGS_VARIABLE, "").strip() or chosen.settings
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", name if "." in name else f"chengxin.settings.{name}")
    import django

    django.setup()
    if chosen.database:
        from chengxin.foundation import server

        server.ensure_unless_named()


if __name__ == "__main__":
    raise SystemExit(main())
