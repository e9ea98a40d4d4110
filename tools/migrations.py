"""Say whether a model has changed without a migration; asks no database."""

import sys

import django
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation


def main() -> int:
    """Compare models and migrations of our parts."""
    django.setup()
    translation.deactivate_all()  # the names in the migrations are the English ones
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    ours = {label: found for label, found in changes.items() if apps.get_app_config(label).name.startswith("potok.")}
    for label, found in ours.items():
        for operation in [operation for migration in found for operation in migration.operations]:
            print(f"{label}: {operation.describe()} (potok.{label} needs a migration)")
    return 1 if ours else 0


if __name__ == "__main__":
    import potok.site.settings  # noqa: F401 (names itself as the settings)

    sys.exit(main())
