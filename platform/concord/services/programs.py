"""The processes of Concord itself: how each is started."""

import signal
import sys

from concord.services.environment import Environment
from concord.services.process import Child

PATIENCE = 20  # seconds that a process gets to finish when the instance stops


def web(environment: Environment, *, lock: int, listener: int) -> Child:
    """Gunicorn on a socket that stays open in the supervisor, so that a restart refuses nobody."""
    return _child(
        environment,
        "web",
        [
            *("gunicorn", "concord.wsgi:application", "--bind", f"fd://{listener}"),
            *("--config", "python:concord.services.web_server"),
        ],
        inherited=[lock, listener],
    )


def worker(environment: Environment, *, lock: int) -> Child:
    """Celery. Orphaned, it drops its tasks, or a long one would hold up the next start; their Job
    rows are taken up again."""
    return _child(
        environment,
        "worker",
        [
            *("celery", "-A", "concord.celery", "worker", "--queues", "default,fetch"),
            *("--concurrency", "2", "--loglevel", "INFO"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        inherited=[lock],
        orphaned_with=signal.SIGQUIT,
    )


def scheduler(environment: Environment, *, lock: int) -> Child:
    """Celery beat that keeps its plan in memory: it is short, and late is as good as on time."""
    return _child(
        environment,
        "scheduler",
        [
            *("celery", "-A", "concord.celery", "beat", "--loglevel", "WARNING"),
            *("--scheduler", "celery.beat:Scheduler", "--pidfile", ""),
        ],
        inherited=[lock],
    )


def django_command(environment: Environment, *command: str, name: str, lock: int) -> Child:
    return _child(environment, name, ["django", *command], inherited=[lock])


def _child(
    environment: Environment,
    name: str,
    module: list[str],
    *,
    inherited: list[int],
    orphaned_with: signal.Signals | None = None,
) -> Child:
    return Child(
        name=name,
        argv=[sys.executable, "-m", *module],
        log=environment.data_dir / "logs" / f"{name}.log",
        variables=environment.variables(CONCORD_PROCESS=name),
        folder=environment.data_dir,
        stop_with=signal.SIGTERM,
        orphaned_with=orphaned_with,
        inherited=inherited,
    )
