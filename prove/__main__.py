"""Runs every proof of this package, or those named on the command line, and says what each showed."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import time
import traceback
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "chengxin.settings.testing"
os.environ.setdefault("CHENGXIN_STATE", str(Path(__file__).resolve().parents[1] / ".state" / "prove"))

import django

django.setup()

import prove  # noqa: E402  settings come first


def main(wanted: list[str]) -> int:
    """Exit code 0 when every proof holds."""
    names = [found.name for found in pkgutil.iter_modules(prove.__path__) if not found.name.startswith("_")]
    failed = []
    for name in wanted or sorted(names):
        module = importlib.import_module(f"prove.{name}")
        if not hasattr(module, "run"):
            continue
        print(f"{name}: {module.TITLE}", flush=True)
        began = time.monotonic()
        try:
            shown = module.run()
        except Exception:  # a proof may fail in any way; all others still run
            traceback.print_exc()
            failed.append(name)
            print(f"  FAILED after {time.monotonic() - began:.0f} s", flush=True)
        else:
            print(f"  holds: {shown} ({time.monotonic() - began:.0f} s)", flush=True)
    print("all proofs hold" if not failed else f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
