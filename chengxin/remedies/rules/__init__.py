"""Decisions of the room remedies: facts in, values out; the moment is an argument."""
