"""Make `requirements/*.lock` anew from `pyproject.toml` with uv; hashes for every platform, no address of any index."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KINDS = {
    "runtime": [],
    "dev": ["--group", "dev"],
    "bench": ["--group", "bench", "-c", "requirements/dev.lock"],
}


def main() -> int:
    """Write all three."""
    uv = shutil.which("uv")
    if uv is None:
        print("Making lock files needs uv: pip install uv", file=sys.stderr)
        return 1
    for kind, group in KINDS.items():
        command = [uv, "pip", "compile", "pyproject.toml", *group, "--generate-hashes", "--universal",
                   "--python-version", "3.11", "--no-emit-index-url", "--quiet",
                   "--custom-compile-command", "make lock", "-o", f"requirements/{kind}.lock"]  # fmt: skip
        subprocess.run(command, cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
