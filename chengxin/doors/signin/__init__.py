"""Signing in (F12): what allauth is told about our accounts, and what a sign-in service's claims mean here."""
