"""Decisions of the ledger."""
