"""The secret key of an instance that was not given one."""

import os
import secrets
from pathlib import Path


def local_secret_key(data_dir: Path) -> str:
    """Return the key kept in `data_dir`, made on first use, readable by its owner alone.

    Only local mode comes here: production refuses to start without a key of its own.
    """
    path = data_dir / "secret_key"
    if not path.exists():
        _create(path)
    return path.read_text()


def _create(path: Path) -> None:
    """Write a new key, unless another process was faster: a link appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
