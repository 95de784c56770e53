"""Disks that are full and folders that cannot be written to, for real, in a process of its own."""

import ctypes
import os
import resource
from pathlib import Path

NEW_MOUNTS, NEW_USER, PRIVATE = 0x00020000, 0x10000000, (1 << 18) | (1 << 14)
NOBODY = 65534


def small_disk(folder: Path, size: int) -> bool:
    """Lay a disk of so many bytes over the folder, for this process only. False where nobody may do that."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare"):
        return False
    user, group = os.getuid(), os.getgid()
    if libc.unshare(NEW_MOUNTS | (NEW_USER if user else 0)):
        return False
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    libc.mount(None, b"/", None, PRIVATE, None)
    return libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", 0, f"size={size}".encode()) == 0


def fill(folder: Path, free: int, is_disk: bool) -> Path:
    """Leave so many bytes free on the small disk; where there is none, no file may grow beyond that any more."""
    filler = folder / "filler"
    if is_disk:
        left = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
        filler.write_bytes(bytes(max(0, left - free)))
    else:
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (free, most))
    return filler


def empty(filler: Path) -> None:
    """There is room again."""
    filler.unlink(missing_ok=True)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def become_nobody() -> None:
    """Give up root, to whom nothing is forbidden."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
