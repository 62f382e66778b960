"""Reads of the room remedies."""
