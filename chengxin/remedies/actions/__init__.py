"""Writes of the room remedies."""
