"""Deterministic simulation of the process shell: its real code over a store in memory, thousands of seeded universes.

`scheduler` lets actors take turns, `database` is what they share; `store` and `hands` are the ways of the shell to it,
`acts` those of people. `universe` puts one together, `invariants` says what must be true of it, `planted` holds the
bugs that must be found, `contract` and its test hold the store in memory to PostgreSQL.
"""


def furnish() -> None:
    """Start Django without a database, for whoever comes past pytest."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
