"""Start-up of the blocks: every folder here is one block, registered by being imported."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig


class BlocksConfig(AppConfig):
    name = "potok.blocks"
    label = "blocks"

    def ready(self) -> None:
        for folder in sorted(Path(__file__).parent.glob("*/block.py")):
            import_module(f"potok.blocks.{folder.parent.name}.block")
