"""The secrets of one installation: made once, kept in the data folder, never in the database or its backup."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Keys:
    """`signing` signs sessions and links; the first of `encryption` encrypts, all of them decrypt."""

    signing: str
    encryption: tuple[str, ...]


def fresh() -> Keys:
    """Draw new keys and keep them nowhere."""
    return Keys(secrets.token_urlsafe(48), (secrets.token_urlsafe(32),))


def read(file: Path) -> Keys | None:
    """Read the keys of this installation, if it has some."""
    try:
        plain = json.loads(file.read_text())
    except FileNotFoundError:
        return None
    return Keys(plain["signing"], tuple(plain["encryption"]))


def keep(file: Path) -> Keys:
    """Read the keys, or make them; of several processes that do so at once, all get the same."""
    known = read(file)
    if known:
        return known
    made = fresh()
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        json.dump({"signing": made.signing, "encryption": made.encryption}, out)
        out.flush()
        os.fsync(out.fileno())
    try:
        # A link, unlike a rename, never replaces what another process has put there in the meantime.
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return read(file) or made
