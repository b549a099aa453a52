"""Becomes another program, after tying its life to the supervisor's.

    python -I -S shim.py PARENT_PID UID GID SIGNAL PROGRAM ARGUMENT...

Runs between fork and exec as a program of its own, because a `preexec_fn` may deadlock in a process
that has threads. The order matters: the kernel forgets the parent-death signal when a process
changes its user, so the account (-1 keeps the caller's) comes first.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(*, parent: int, uid: int, gid: int, death_signal: int, argv: list[str]) -> None:
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the supervisor has gone")  # it died before the kernel knew of the tie
    # Whatever a shell starts in the background ignores some signals, and passes that on.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    os.umask(0o077)
    os.execv(argv[0], argv)  # noqa: S606 (its purpose; no shell)


if __name__ == "__main__":
    numbers = [int(number) for number in sys.argv[1:5]]
    main(
        parent=numbers[0],
        uid=numbers[1],
        gid=numbers[2],
        death_signal=numbers[3],
        argv=sys.argv[5:],
    )
