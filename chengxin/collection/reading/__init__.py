"""Turning a supplier's file into frames of text, in flat memory: CSV, JSON lines, XLSX. Nothing is interpreted here."""

from chengxin.collection.reading.chunks import Chunk, chunks, rows_as_sent
from chengxin.collection.reading.facts import BadFile, FileFacts, FileFault, FileNote
from chengxin.collection.reading.headings import HeadingMap, map_headings
from chengxin.collection.reading.looking import look_at

__all__ = [
    "BadFile",
    "Chunk",
    "FileFacts",
    "FileFault",
    "FileNote",
    "HeadingMap",
    "chunks",
    "look_at",
    "map_headings",
    "rows_as_sent",
]
