"""Which function does which kind of job.

An app's `jobs.py` registers its entry points:

    @job("import.fetch", queue="fetch")
    def fetch(context: JobContext) -> RunAgain | None:
        return actions.fetch_some_rows(import_id=UUID(context.args["import"]), beat=context.beat)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from concord.jobs.context import JobContext, RunAgain

JobFunction = Callable[["JobContext"], "RunAgain | None"]
LastWord = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True)
class JobKind:
    """How jobs of a kind are done: by what, on which queue, and how often before giving up.

    `when_dead` is called with the job's args when its last attempt ended with its worker, which
    could tell nobody; it must be a write of the database alone, and short.
    """

    name: str
    function: JobFunction
    queue: str
    max_attempts: int
    when_dead: LastWord | None = None


_kinds: dict[str, JobKind] = {}


def job(
    name: str, *, queue: str = "default", max_attempts: int = 5, when_dead: LastWord | None = None
) -> Callable[[JobFunction], JobFunction]:
    """Register the function that does jobs of this kind. It must be safe to run twice."""

    def register(function: JobFunction) -> JobFunction:
        known = _kinds.get(name)
        if known is not None and known.function.__module__ != function.__module__:
            raise ValueError(f"Two functions claim the job kind {name!r}.")
        _kinds[name] = JobKind(name, function, queue, max_attempts, when_dead)
        return function

    return register


def kind_named(name: str) -> JobKind:
    """Return the registered kind; KeyError if no app knows it.

    Apps are asked on first need only, because actions enqueue jobs and jobs call actions.
    """
    if name not in _kinds:
        autodiscover_modules("jobs")
    return _kinds[name]
