"""The functions of the language, one file per family; `all_functions` lists them, and docs are made from it."""

from . import chance, data, dates, items, lists, logic, money, numbers, patterns, people, text, units, words, working
from .declared import Function, Parameter, all_functions

__all__ = [
    "Function", "Parameter", "all_functions", "chance", "data", "dates", "items", "lists", "logic", "money", "numbers",
    "patterns", "people", "text", "units", "words", "working",
]  # fmt: skip
