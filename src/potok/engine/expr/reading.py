"""From text to formula."""

from collections.abc import Mapping

from potok.engine.problems import Problems

from .expression import Expression, Template


def read(text: str, *, names: Mapping[str, str] | None = None) -> Expression | Problems:
    """Read a bare formula, without the leading `=`. `names` resolves `{{Friendly name}}` to `Document:field`."""
    raise NotImplementedError


def read_text(text: str, *, names: Mapping[str, str] | None = None) -> Template | Problems:
    """Read a value: a formula if it begins with `=`, else a text with `{=…}` and `{{=…}}` inserted."""
    raise NotImplementedError
