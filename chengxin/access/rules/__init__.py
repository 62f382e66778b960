"""Decisions of the room access: who may read, what a look says of itself, and the arithmetic of the proof log."""

from chengxin.access.rules.looks import LEAF, commitment, leaf, may_read_own

__all__ = ["LEAF", "commitment", "leaf", "may_read_own"]
