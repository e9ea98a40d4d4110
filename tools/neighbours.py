"""See to it that the tests have the servers that the product talks to: Debian's, through apt where this user may.

Standard library only. A server is started by the tests that need it, on loopback and in a folder of their own; that
Debian starts one of its own at the installation is prevented.
"""

import os
import shutil
import subprocess
import sys

# What is run, and the package that has it.
SERVERS = {"prosody": "prosody", "slapd": "slapd"}
PLACES = os.environ.get("PATH", "") + ":/usr/bin:/usr/sbin"


def main() -> int:
    """Find all of them or install what is missing; else name the command."""
    missing = _missing()
    if missing and shutil.which("apt-get"):
        print(f"Installing for the tests: {', '.join(missing)}.", flush=True)
        _install(missing)
    missing = _missing()
    if missing:
        print(f"The tests need {', '.join(missing)}. Debian: sudo apt install {' '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


def _missing() -> list[str]:
    return sorted({package for name, package in SERVERS.items() if not shutil.which(name, path=PLACES)})


def _install(packages: list[str]) -> None:
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    # RUNLEVEL=1 keeps a package from starting what it brings (invoke-rc.d).
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"]
    for words in (["update", "-q"], ["install", "-y", "--no-install-recommends", *packages]):
        command = [*sudo, *quiet, "apt-get", *words]
        if not shutil.which(command[0]):
            return
        done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        if done.returncode:
            return


if __name__ == "__main__":
    sys.exit(main())
