"""The shipped purpose for emergencies: whoever carries out a rescue asks which licence a helper holds, and needs no case."""

from __future__ import annotations

RESCUE = "rescue_on_site"
RESCUERS = "emergency"
"""The kind of organisation that may ask for it."""
