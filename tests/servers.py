"""Servers that tests start and stop: PostgreSQL on a socket in a temporary folder."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest


def skip_or_fail(reason: str) -> NoReturn:
    """Skip loudly where something is absent, or fail where it is required (``CENOTAPH_REQUIRE_ALL=1``, as CI sets)."""
    if os.environ.get("CENOTAPH_REQUIRE_ALL"):
        pytest.fail(f"{reason}, and everything is required here", pytrace=False)
    pytest.skip(reason)


def find_postgres() -> Path | None:
    """Return the folder of PostgreSQL's server programs, the newest version's, or None."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl") and not Path(on_path).is_symlink():
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3].split(".")[0]))
    return found[-1].parent if found else None


class PostgresServer:
    """One server without a network port; each test gets a database of its own from it.

    Its programs refuse to run as root, so as root it is started as the user ``postgres``, else ``nobody``.
    """

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self._numbers = itertools.count(1)
        self._user = _unprivileged_user()
        # A socket's path may have 107 bytes at most, so not in pytest's deep folders.
        self.folder = Path(tempfile.mkdtemp(prefix="cenotaph-pg-", dir=_fast_folder()))
        if self._user:
            shutil.chown(self.folder, self._user)

    def start(self) -> None:
        """Make the cluster and start it."""
        data = self.folder / "data"
        self._run("initdb", "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=60 -c shared_buffers=64MB"
        self._run("pg_ctl", "-D", str(data), "-w", "-t", "60", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop it at once and remove its folder."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_database(self) -> str:
        """Make an empty database and return its address as ``store.url`` takes it."""
        name = f"casebook_{os.getpid()}_{next(self._numbers)}"
        self._run("createdb", "-h", str(self.folder), "-U", "tester", name)
        return f"postgresql://tester@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        demoted: dict[str, object] = {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid} if self._user else {}
        done = subprocess.run(  # type: ignore[call-overload]
            [str(self.programs / program), *arguments],
            check=False,
            cwd=self.folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
            stderr=subprocess.DEVNULL if program == "pg_ctl" else subprocess.STDOUT,
            **demoted,
        )
        if check and done.returncode:
            raise RuntimeError(f"{program} failed: {(done.stdout or b'').decode(errors='replace')}")


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _fast_folder() -> str | None:
    """Return the folder in memory where there is one with room: the databases are thrown away anyway."""
    memory = Path("/dev/shm")
    try:
        return str(memory) if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 << 30 else None
    except OSError:
        return None
