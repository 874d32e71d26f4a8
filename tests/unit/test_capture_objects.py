"""Bytes under their hash: written whole or not at all, checked, destroyed, swept."""

from __future__ import annotations

import errno
import hashlib
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.made_files import left_behind

from cenotaph.capture import incoming as module
from cenotaph.capture.incoming import incoming, sweep_temporary
from cenotaph.capture.objects import ObjectState, check_object, destroy_object, object_path
from cenotaph.domain.errors import DamagedFileError, DiskFullError, StoreError, ValueFormatError

DATA = "погибший".encode()
SHA256 = hashlib.sha256(DATA).hexdigest()


def keep(objects: Path, data: bytes = DATA) -> bool:
    with incoming(objects) as file:
        file.write(data)
        return file.keep(hashlib.sha256(data).hexdigest())


def test_bytes_lie_in_a_folder_named_by_the_first_two_digits(tmp_path: Path) -> None:
    assert object_path(tmp_path, SHA256) == tmp_path / SHA256[:2] / SHA256


@pytest.mark.parametrize("name", ["", "ab", "../" + "a" * 61, "A" * 64, "g" * 64, "a" * 65])
def test_what_is_no_hash_has_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueFormatError):
        object_path(tmp_path, name)


def test_kept_bytes_are_whole_read_only_and_alone(tmp_path: Path) -> None:
    assert keep(tmp_path)
    path = object_path(tmp_path, SHA256)
    assert path.read_bytes() == DATA
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert left_behind(tmp_path) == [f"{SHA256[:2]}/{SHA256}"]
    assert check_object(tmp_path, SHA256) is ObjectState.OK


def test_the_same_bytes_again_leave_the_first_file_alone(tmp_path: Path) -> None:
    keep(tmp_path)
    before = object_path(tmp_path, SHA256).stat().st_ino
    assert not keep(tmp_path)
    assert object_path(tmp_path, SHA256).stat().st_ino == before
    assert len(left_behind(tmp_path)) == 1


def test_wrong_bytes_under_the_hash_are_named_and_not_replaced(tmp_path: Path) -> None:
    keep(tmp_path)
    path = object_path(tmp_path, SHA256)
    path.chmod(0o644)
    path.write_bytes(b"forged")
    assert check_object(tmp_path, SHA256) is ObjectState.CHANGED
    with pytest.raises(DamagedFileError, match=SHA256) as caught:
        keep(tmp_path)
    assert "move" in caught.value.hint
    assert path.read_bytes() == b"forged"
    assert len(left_behind(tmp_path)) == 1


def test_a_folder_or_a_link_in_the_place_of_bytes_is_a_change(tmp_path: Path) -> None:
    path = object_path(tmp_path, SHA256)
    path.mkdir(parents=True)
    assert check_object(tmp_path, SHA256) is ObjectState.CHANGED
    path.rmdir()
    real = tmp_path / "elsewhere"
    real.write_bytes(DATA)
    path.symlink_to(real)
    assert check_object(tmp_path, SHA256) is ObjectState.CHANGED


def test_bytes_that_are_gone_are_missing(tmp_path: Path) -> None:
    assert check_object(tmp_path, SHA256) is ObjectState.MISSING


def test_destroyed_bytes_are_gone_and_destroying_twice_is_no_error(tmp_path: Path) -> None:
    keep(tmp_path)
    destroy_object(tmp_path, SHA256)
    assert check_object(tmp_path, SHA256) is ObjectState.MISSING
    destroy_object(tmp_path, SHA256)


def test_an_error_while_writing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), incoming(tmp_path) as file:
        file.write(DATA)
        raise RuntimeError
    assert left_behind(tmp_path) == []


def test_a_folder_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"), incoming(tmp_path / "none"):
        pass


def test_a_full_disk_is_told_from_other_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module.tempfile, "mkstemp", refuse)
    with pytest.raises(DiskFullError), incoming(tmp_path):
        pass


def test_a_sweep_removes_what_the_dead_left_and_spares_the_living(tmp_path: Path) -> None:
    (tmp_path / ".incoming-dead").write_bytes(b"half")
    with incoming(tmp_path) as file:
        file.write(DATA)
        assert sweep_temporary(tmp_path) == 1
        assert file.keep(SHA256)
    assert left_behind(tmp_path) == [f"{SHA256[:2]}/{SHA256}"]


def test_a_sweep_touches_neither_objects_nor_links(tmp_path: Path) -> None:
    keep(tmp_path)
    outside = tmp_path / "outside"
    outside.write_bytes(b"x")
    (tmp_path / ".incoming-link").symlink_to(outside)
    assert sweep_temporary(tmp_path) == 0
    assert outside.exists()
    assert check_object(tmp_path, SHA256) is ObjectState.OK


def test_what_a_killed_process_was_writing_is_swept(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom cenotaph.capture.incoming import incoming\n"
        "with incoming(Path(sys.argv[1])) as file:\n    file.write(b'half')\n    print('ready', flush=True)\n    time.sleep(60)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        assert sweep_temporary(tmp_path) == 0
        assert len(left_behind(tmp_path)) == 1
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate()
    assert sweep_temporary(tmp_path) == 1
    assert left_behind(tmp_path) == []


def test_take_ins_and_sweeps_at_once_lose_nothing(tmp_path: Path) -> None:
    stop = threading.Event()
    errors: list[BaseException] = []

    def sweep() -> None:
        while not stop.is_set():
            sweep_temporary(tmp_path)

    def write(worker: int) -> None:
        try:
            for number in range(40):
                keep(tmp_path, f"{worker % 2}:{number}".encode())
        except BaseException as error:
            errors.append(error)

    sweeper = threading.Thread(target=sweep)
    writers = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    sweeper.start()
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    sweeper.join()
    assert errors == []
    kept = [Path(name).name for name in left_behind(tmp_path)]
    assert len(kept) == 80
    assert all(check_object(tmp_path, sha256) is ObjectState.OK for sha256 in kept)


def test_no_handles_stay_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").is_dir() else pytest.skip("no /proc here")
    keep(tmp_path)
    check_object(tmp_path, SHA256)
    destroy_object(tmp_path, SHA256)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
