"""Texts that a spreadsheet would take for formulas, made harmless and read back."""

import re

# Spreadsheets take a text that begins so for a formula and carry it out; a number or a phone is none.
FORMULA = re.compile(r"'*[=@+\-\t\r]")
HARMLESS = re.compile(r"[+-]?[\d\s().,-]+( ext\. \d+)?")
GUARD = "'"
SIGNS = frozenset("'=@+-\t\r")


def guarded(text: str) -> str:
    """Write a text so that no spreadsheet takes it for a formula."""
    if text[:1] not in SIGNS:
        return text
    return f"{GUARD}{text}" if FORMULA.match(text) and not HARMLESS.fullmatch(text) else text


def unguarded(text: str) -> str:
    """Read such a text back."""
    return text[1:] if text.startswith(GUARD) and FORMULA.match(text[1:]) else text
