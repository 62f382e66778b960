"""Decisions of the catalogue. Pure: texts, values and days in; values out."""
