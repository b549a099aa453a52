"""What may go wrong in the domain, free of HTTP.

Actions and queries raise these; `concord.http.errors` alone knows which status each becomes.
The code is a stable machine name that clients translate; the detail is English prose; `extra`
holds JSON values that a translated sentence or a client's next step needs.
"""

from collections.abc import Mapping, Sequence
from typing import Any

FieldErrors = Mapping[str, Any]
"""Field name (or index) to a list of messages, nested like the input that it criticises."""


class DomainError(Exception):
    """A refusal with a stable code. Raise a subclass: it decides the status."""

    def __init__(self, code: str, detail: str = "", **extra: Any) -> None:
        super().__init__(detail or code)
        self.code = code
        self.detail = detail
        self.extra = extra


class NotFound(DomainError):
    """Absent, or foreign to this user: the two must look the same, so there is nothing to say."""

    def __init__(self) -> None:
        super().__init__("not_found", "There is nothing here, or you may not see it.")


class TakenDown(NotFound):
    """Gone for this user, who knew of it: its image is shown and asked about no more."""

    def __init__(self) -> None:
        DomainError.__init__(self, "taken_down", "The image was replaced or taken down.")


class Forbidden(DomainError):
    """The user may see the object but not do this to it."""

    def __init__(
        self, code: str = "forbidden", detail: str = "Your role does not allow this.", **extra: Any
    ) -> None:
        super().__init__(code, detail, **extra)


class Conflict(DomainError):
    """The object is in the wrong state for this: `locked_by_review`, `not_ready`."""


class Stale(DomainError):
    """The object changed since the caller read it; nothing was written.

    `current` is the object as it now is; `diff` lists what changed, in the caller's terms.
    """

    def __init__(self, *, current: Any, diff: Any, code: str = "stale") -> None:
        detail = "This changed since you read it. Look at the difference and try again."
        super().__init__(code, detail, current=current, diff=diff)


class PreconditionRequired(DomainError):
    """The caller must say which version the change is based on."""

    def __init__(self) -> None:
        super().__init__("if_match_required", 'Send If-Match: "<version>" of what you read.')


class Invalid(DomainError):
    """The input breaks a rule; `errors` says which part breaks which."""

    def __init__(
        self,
        code: str = "invalid",
        detail: str = "The input is not valid.",
        *,
        errors: FieldErrors | Sequence[str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(code, detail, **extra)
        self.errors = errors


class Unprocessable(DomainError):
    """Well-formed input that contradicts what was said before, such as a reused key, or names what
    cannot be used."""


class TooLarge(DomainError):
    """More bytes than this server accepts in one piece."""


class PeerFailed(DomainError):
    """Another server, without which this cannot be done, gave nothing of use."""


class PeerTimedOut(PeerFailed):
    """Another server took too long."""


class RetryLater(DomainError):
    """Refused for now; the same call may succeed after `retry_after` seconds."""

    def __init__(self, code: str, detail: str = "", *, retry_after: int = 1, **extra: Any) -> None:
        super().__init__(code, detail, **extra)
        self.retry_after = retry_after


class InFlight(RetryLater):
    """The same request is being carried out at this moment."""


class RateLimited(RetryLater):
    """Too many calls."""


class Unavailable(RetryLater):
    """A part of this server is down."""


class StorageFull(RetryLater):
    """No room for files; work resumes when there is."""
