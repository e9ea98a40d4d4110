"""The company and records of the tests of records."""

from tests.records.conftest import Make, firm, make, pipeline

__all__ = ["Make", "firm", "make", "pipeline"]
