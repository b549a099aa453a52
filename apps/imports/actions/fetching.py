"""One lane of an import: rows are claimed, brought over several connections, and landed.

Threads move bytes; the job's own thread alone writes to the database, so that every row ends in
one short transaction and a claim is kept alive however slow the peers are.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

import structlog
from django.db import InterfaceError, OperationalError

from apps.imports.actions.attaching import attach_rows, has_attachable
from apps.imports.actions.blobs import TAKEN_DOWN, order_drop
from apps.imports.actions.bringing import Brought, NotBrought, bring
from apps.imports.actions.claims import (
    MOST_OF_A_HOST_HERE,
    claim_rows,
    fail_row,
    is_live,
    keep_claim,
    put_back,
    seconds_to_next,
)
from apps.imports.actions.hosts import failing_hosts, note_answer, note_failure
from apps.imports.actions.landing import Landing, land_rows
from apps.imports.actions.pauses import LONGEST_PAUSE, pause_after
from apps.imports.actions.running import LANES, finish_if_over, set_storage_full
from apps.imports.connections import buckets_for
from apps.imports.decoder.pool import DecoderPool
from apps.imports.models import Import, ImportRow, ImportState
from apps.imports.options import Options
from concord.errors import Invalid, StorageFull
from concord.failpoints import reach

# Each row in hand has its own thread: those of a host that does not answer hold up no others.
IN_HAND = 24
CLAIM_AGAIN_SECONDS = 1.0
CLAIM_AT_LEAST = MOST_OF_A_HOST_HERE // 2
"""So many rows are claimed at once, so that others are at hand where a host does not answer."""
GATHER_SECONDS = 0.1
PIECE_SECONDS = 15.0
DRAIN_SECONDS = 2.0
LONGEST_PIECE = 60.0
BEAT_SECONDS = 5.0
MOST_ATTEMPTS = 5
SHORTEST_PAUSE = 0.2
STORAGE_PAUSE = 15.0
READING_PAUSE = 2.0
"""Until a lane looks again for rows that a list which is being read may have given."""

log = structlog.get_logger(__name__)


def fetch_rows(*, found: Import, beat: Callable[[], None]) -> float | None:
    """Work on an import's rows for a while, as part of the run that `found` names.

    Returns after how many seconds there will be more to do, None when this run is over.
    """
    with (
        DecoderPool(size=max(1, (os.cpu_count() or 1) // LANES)) as decoders,
        ThreadPoolExecutor(IN_HAND, thread_name_prefix="fetch") as threads,
    ):
        lane = Lane(found=found, threads=threads, decoders=decoders, beat=beat)
        try:
            lane.work()
        finally:
            threads.shutdown(cancel_futures=True)
    if not is_live(found) or finish_if_over(found=found):
        return None
    if lane.storage_full:
        return STORAGE_PAUSE
    pause = 0.0 if has_attachable(found) else seconds_to_next(found)
    # Whoever comes back later is rung for by the reaper alone.
    return READING_PAUSE if pause is None else min(max(pause, 0.0), LONGEST_PAUSE)


class Lane:
    """What one fetch job has in hand."""

    def __init__(
        self,
        *,
        found: Import,
        threads: ThreadPoolExecutor,
        decoders: DecoderPool,
        beat: Callable[[], None],
    ) -> None:
        self.storage_full = False
        self._found = found
        self._threads = threads
        self._decoders = decoders
        self._beat = beat
        self._buckets = buckets_for(found)
        self._keep = Options.of(found).fetch == "copy"
        self._claim = uuid.uuid4()
        self._in_hand: dict[Future[list[Brought]], ImportRow] = {}
        self._failing: set[str] = set()
        self._few = IN_HAND // 2
        self._claimed_at = self._beat_at = time.monotonic()

    def work(self) -> None:
        """Go on until the time is up or nothing can be claimed for a while."""
        begun = time.monotonic()
        until = begun + PIECE_SECONDS
        while True:
            if _is_time_to_take(time.monotonic() - begun) and not self.storage_full:
                self._take_more()
            if not self._in_hand and not self._attach(until) and not self._rest(until):
                return
            self._end_those_brought()
            self._stay_alive()

    def _take_more(self) -> None:
        now = time.monotonic()
        if self._in_hand and (
            len(self._in_hand) > self._few and now - self._claimed_at < CLAIM_AGAIN_SECONDS
        ):
            return  # one statement for many rows, not one each
        self._claimed_at = now
        room = IN_HAND - len(self._in_hand)
        for row in claim_rows(found=self._found, claim=self._claim, limit=room):
            future = self._threads.submit(
                bring, row, decoders=self._decoders, buckets=self._buckets, keep=self._keep
            )
            self._in_hand[future] = row
        held = len(self._in_hand)
        self._few = max(held // 2, held - CLAIM_AT_LEAST)
        self._failing = failing_hosts(self._found)

    def _attach(self, until: float) -> bool:
        """Do what needs no fetching, when nothing else is to be done; False if there is none."""
        if time.monotonic() > until or not is_live(self._found):
            return False
        return attach_rows(found=self._found)

    def _rest(self, until: float) -> bool:
        """Sit out a short pause; False when it is time to leave.

        A job that comes back later is rung for by the reaper, which looks every ten seconds.
        """
        if self.storage_full or not is_live(self._found):
            return False
        pause = seconds_to_next(self._found)
        if pause is None or pause > BEAT_SECONDS or time.monotonic() + pause > until:
            return False
        time.sleep(max(pause, SHORTEST_PAUSE))
        return True

    def _end_those_brought(self) -> None:
        if self._in_hand:
            wait(self._in_hand, timeout=BEAT_SECONDS, return_when=FIRST_COMPLETED)
            # Many rows cost the database little more than one.
            ended, _ = wait(self._in_hand, timeout=GATHER_SECONDS)
            landings = []
            for future in ended:
                row = self._in_hand.pop(future)
                with self._without_image(row):
                    landings.append(Landing(row, future.result()))
            self._land(landings)

    def _land(self, landings: Sequence[Landing]) -> None:
        """Make what rows ask for; where one of them is at fault, the others are not."""
        if len(landings) == 1:
            (only,) = landings
            with self._without_image(only.row, only.brought):
                self._land_all(landings)
        elif landings:
            try:
                self._land_all(landings)
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                for each in landings:
                    self._land([each])

    def _land_all(self, landings: Sequence[Landing]) -> None:
        land_rows(found=self._found, claim=self._claim, landings=landings)
        reach("rows.committed")
        for each in landings:
            self._note_host(each.row, None)
        self._note_room()

    @contextmanager
    def _without_image(self, row: ImportRow, brought: Sequence[Brought] = ()) -> Iterator[None]:
        """What becomes of a row whose image did not come, or cannot be made use of."""
        try:
            yield
        except NotBrought as error:
            if not brought:  # else its host has answered
                self._note_host(row, error)
            self._end_without_image(row, error)
        except Invalid as error:
            fail_row(row=row, claim=self._claim, code=error.code, reason=error.detail)
            if error.code == TAKEN_DOWN:
                order_drop(dataset=self._found.dataset, brought=brought)
        except StorageFull:
            self._wait_for_storage(row)
        except (OperationalError, InterfaceError):
            raise  # the database is away: the claim runs out and the row comes back
        except Exception:
            log.exception("import.row_crashed", row=row.pk)
            reason = "The server failed on this row; its log says why."
            fail_row(row=row, claim=self._claim, code="internal_error", reason=reason)

    def _stay_alive(self) -> None:
        if time.monotonic() - self._beat_at >= BEAT_SECONDS:
            self._beat()
            keep_claim(claim=self._claim, rows=list(self._in_hand.values()))
            self._beat_at = time.monotonic()

    def _note_host(self, row: ImportRow, error: NotBrought | None) -> None:
        """A host that gives no answer is left alone by all lanes for a while."""
        if error is not None and error.retryable and error.code != "host_busy" and row.host:
            note_failure(
                found=self._found, host=row.host, reason=error.reason, asked=error.retry_after
            )
            self._failing.add(row.host)
        elif row.host in self._failing:
            note_answer(found=self._found, host=row.host)
            self._failing.remove(row.host)

    def _end_without_image(self, row: ImportRow, error: NotBrought) -> None:
        if error.retryable and row.attempts < MOST_ATTEMPTS:
            put_back(
                row=row,
                claim=self._claim,
                after_seconds=pause_after(row.attempts, error.retry_after),
                code=error.code,
                reason=error.reason,
            )
        else:
            fail_row(row=row, claim=self._claim, code=error.code, reason=error.reason)

    def _note_room(self) -> None:
        """A row was stored: an import that waited for storage runs again."""
        if self._found.state == ImportState.STORAGE_FULL:
            set_storage_full(found=self._found, full=False)
            self._found.state = ImportState.RUNNING

    def _wait_for_storage(self, row: ImportRow) -> None:
        self.storage_full = True
        set_storage_full(found=self._found, full=True)
        # Not the row's fault, so not one of its attempts.
        row.attempts -= 1
        put_back(row=row, claim=self._claim, after_seconds=STORAGE_PAUSE)


def _is_time_to_take(seconds: float) -> bool:
    """Whether a lane that has worked for so long takes more rows.

    It stops, so that others get their turn, and goes on when what it has in hand does not end at
    once: others would wait for a host that hangs.
    """
    return seconds < PIECE_SECONDS or PIECE_SECONDS + DRAIN_SECONDS < seconds < LONGEST_PIECE
