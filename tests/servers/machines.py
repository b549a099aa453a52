"""Several machines on this one: network namespaces with a cable each to a switch of their own.

Nothing of them touches this machine's own network, or reaches beyond it. They share its files, so
what is to pass through a cable must not be a unix socket. They are gone once their holders are.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")

TOOLS = ("unshare", "nsenter", "setpriv", "ip")
NET = 0x40000000
"""CLONE_NEWNET of sched.h."""
PATIENCE = 10


def why_no_machines() -> str | None:
    """Return why none can be made here, None where they can."""
    if os.geteuid() != 0:
        return "only root may make network namespaces and join them"
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        return f"there is no {', '.join(missing)} here"
    tried = subprocess.run(
        ["unshare", "--net", "ip", "link", "add", "tried", "type", "veth"],
        capture_output=True,
        text=True,
        check=False,
    )
    return f"no network namespaces here: {tried.stderr.strip()}" if tried.returncode else None


class Machines:
    """Machines by name, at 10.77.0.1 and so on in the order of `names`."""

    def __init__(self, names: Sequence[str]) -> None:
        self.addresses = {name: f"10.77.0.{place}" for place, name in enumerate(names, start=1)}
        self._holders: dict[str, subprocess.Popen[bytes]] = {}
        self._doors: list[socket.socket] = []
        self._hold("")
        self._ip("", "link add switch type bridge")
        self._ip("", "link set switch up")
        for place, name in enumerate(names):
            pid = self._hold(name)
            self._ip("", f"link add port{place} type veth peer name cable netns {pid}")
            self._ip("", f"link set port{place} master switch up")
            self._ip(name, f"address add {self.addresses[name]}/24 dev cable")
            self._ip(name, "link set lo up")
            self._be_quick(name)
            self._ip(name, "link set cable up")

    def inside(self, name: str) -> list[str]:
        """What stands before a command for it to run on a machine; the switch is ''."""
        nsenter = shutil.which("nsenter")
        assert nsenter is not None
        return [nsenter, f"--net=/proc/{self._holders[name].pid}/ns/net", "--"]

    def unplug(self, name: str) -> None:
        """Pull a machine's cable: what it sends and is sent is lost, and nobody is told."""
        self._ip("", f"link set port{[*self.addresses].index(name)} down")

    def plug_in(self, name: str) -> None:
        self._ip("", f"link set port{[*self.addresses].index(name)} up")

    def listen(self, name: str, port: int) -> socket.socket:
        """A socket of this process that listens on a machine."""
        return self._on(name, lambda: socket.create_server((self.addresses[name], port)))

    def connect(self, name: str, to: tuple[str, int]) -> socket.socket:
        """A connection of this process that begins on a machine."""
        return self._on(name, lambda: socket.create_connection(to, PATIENCE))

    def door(self, listening: socket.socket, connect: Callable[[], socket.socket]) -> Counter[str]:
        """Carry every connection to `listening` on to one that `connect` makes; counts them by
        where they come from."""
        seen: Counter[str] = Counter()
        self._doors.append(listening)
        threading.Thread(target=_answer, args=(listening, connect, seen), daemon=True).start()
        return seen

    def close(self) -> None:
        for door in self._doors:
            door.shutdown(socket.SHUT_RDWR)  # or its thread would wait for ever
            door.close()
        for holder in self._holders.values():
            holder.kill()
            holder.wait()

    def _hold(self, name: str) -> int:
        """A namespace is there as long as a process is in it, and that as long as this one."""
        command = ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "sleep", "infinity"]
        holder = self._holders[name] = subprocess.Popen(command)
        own, deadline = Path("/proc/self/ns/net").readlink(), time.monotonic() + PATIENCE
        while Path(f"/proc/{holder.pid}/ns/net").readlink() == own:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        return holder.pid

    def _be_quick(self, name: str) -> None:
        """What was lost on the way is sent again within a second, where the kernel can be told."""
        told = "test ! -e {0} || echo 1000 > {0}".format("/proc/sys/net/ipv4/tcp_rto_max_ms")
        subprocess.run([*self.inside(name), "sh", "-c", told], check=True)

    def _ip(self, name: str, command: str) -> None:
        subprocess.run([*self.inside(name), "ip", *command.split()], check=True)

    def _on(self, name: str, make: Callable[[], Made]) -> Made:
        """What a thread makes there; a socket stays where it was made."""

        def enter_and_make() -> Made:
            place = os.open(f"/proc/{self._holders[name].pid}/ns/net", os.O_RDONLY)
            try:
                if ctypes.CDLL(None, use_errno=True).setns(place, NET):
                    raise OSError(ctypes.get_errno(), "setns")
            finally:
                os.close(place)
            return make()

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(enter_and_make).result()


def _answer(
    listening: socket.socket, connect: Callable[[], socket.socket], seen: Counter[str]
) -> None:
    with suppress(OSError):  # that it was closed
        while True:
            inner, (address, *_) = listening.accept()
            seen[address] += 1
            outer = connect()
            for pair in ((inner, outer), (outer, inner)):
                threading.Thread(target=_carry, args=pair, daemon=True).start()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
