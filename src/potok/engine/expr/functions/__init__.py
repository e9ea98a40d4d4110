"""The functions of the language, one file per family; `all_functions` lists them, and docs are made from it."""

from .declared import Function, all_functions

__all__ = ["Function", "all_functions"]
