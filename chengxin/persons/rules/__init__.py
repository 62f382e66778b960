"""Decisions about identities and about mandates, by noun."""
