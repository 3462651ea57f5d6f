"""What was a talk with a contact: a meeting or a call, not a letter or a message."""

from __future__ import annotations

TOGETHER = ("met", "meal", "call", "video", "event")
"""Kinds of encounter in which people talk with each other."""
