"""Start-up of the blocks: every folder here is one block or one construct, registered by being imported."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig


class BlocksConfig(AppConfig):
    name = "potok.blocks"
    label = "blocks"

    def ready(self) -> None:
        here = Path(__file__).parent
        for file in sorted([*here.glob("*/block.py"), *here.glob("*/construct.py")]):
            import_module(f"potok.blocks.{file.parent.name}.{file.stem}")
