"""Potok: a company's work that runs by itself."""

__version__ = "0.1.0"
