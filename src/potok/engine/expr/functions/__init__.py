"""The functions of the language, one file per family; `all_functions` lists them, and docs are made from it."""

from . import dates, lists, logic, numbers, text
from .declared import Function, Parameter, all_functions

__all__ = ["Function", "Parameter", "all_functions", "dates", "lists", "logic", "numbers", "text"]
