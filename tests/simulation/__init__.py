"""Deterministic simulation of the process shell: its real code over a store in memory, thousands of seeded universes.

`scheduler` lets actors take turns, `database` is what they share; `store` and `hands` are the shell's ways to it, `acts`
are people's. `universe` puts one together, `invariants` says what must be true of it, `planted` holds the bugs that must be found.
"""


def furnish() -> None:
    """Start Django without a database, for whoever comes past pytest."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
