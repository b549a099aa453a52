"""Doors through which a lower app calls a higher one, in the caller's transaction.

A lower app declares what it needs done as a function without a body:

    @port
    def release_work(*, user: User) -> None:
        ...

The higher app binds its own when it is ready: `release_work.bind(release_leases)`.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Port(Generic[P, R]):
    """A function whose body is another app's; calling it before it is bound is a mistake."""

    def __init__(self, declaration: Callable[P, R]) -> None:
        self.name = declaration.__name__
        self.bound: Callable[P, R] | None = None
        update_wrapper(self, declaration)

    def bind(self, function: Callable[P, R]) -> None:
        """Name the one implementation; raises RuntimeError for a second."""
        if self.bound is not None:
            raise RuntimeError(f"{self.name} is bound already")
        self.bound = function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the implementation."""
        if self.bound is None:
            raise RuntimeError(f"nobody has bound {self.name}")
        return self.bound(*args, **kwargs)


def port(declaration: Callable[P, R]) -> Port[P, R]:
    """Declare a port by the signature and the contract of its implementation."""
    return Port(declaration)
