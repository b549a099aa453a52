"""Which tasks wait for a reviewer, as SQL conditions on the facts `f` and the task `t`, and in
which order.

The statements are asked with every task that a reviewer is given. Each order is that of an index of
what waits (migration 0003), so they read the next few rows, however many wait. Questions about
other tables are scalar subqueries: the planner cannot turn those into joins with all of them.
"""

from __future__ import annotations

from enum import StrEnum

WAITING = """f.dataset_id = %(dataset)s AND f.state IN ('answered', 'conflicted')
       AND NOT f.withdrawn AND t.state IN ('answered', 'conflicted') AND t.locked_at IS NULL
       AND t.withdrawn_at IS NULL"""

# Never own work: a task that the reviewer has answered is not theirs to decide, and one that they
# escalated is for somebody else, one that they gave back for a while. What others sent back is not
# for them yet.
# What people differ on is for who breaks ties here, if somebody else does and may decide it.
FOR_ME = f"""{WAITING}
       AND (SELECT true FROM tasks_answer a
             WHERE a.task_id = t.id AND a.user_id = %(user)s LIMIT 1) IS NOT TRUE
       AND (SELECT true FROM reviews_decision d
             WHERE d.task_id = t.id AND d.user_id = %(user)s
               AND (d.action = 'escalate' OR d.action = 'give_back' AND d.created_at > now()
                    - make_interval(secs => %(away)s)) LIMIT 1) IS NOT TRUE
       AND t.id <> ALL(%(others)s::uuid[])
       AND (%(breaker)s::uuid IS NULL OR t.state <> 'conflicted'
            OR (SELECT true FROM tasks_answer a
                 WHERE a.task_id = t.id AND a.user_id = %(breaker)s LIMIT 1)
            OR (SELECT true FROM reviews_decision d WHERE d.task_id = t.id
                   AND d.user_id = %(breaker)s
                   AND d.action IN ('escalate', 'give_back') LIMIT 1))"""  # noqa: S608 (of constants)

NOT_LEASED = """(SELECT true FROM reviews_reviewlease l
             WHERE l.task_id = t.id AND l.expires_at > now() LIMIT 1) IS NOT TRUE"""


class Order(StrEnum):
    """By what tasks come to a reviewer."""

    LOSS = "loss"
    CLASS = "class"
    ANNOTATOR = "annotator"
    RANDOM = "random"
    OLDEST = "oldest"
    MISSED = "missed"


ALL_ORDERS = [order.value for order in Order]

LEAST_SURE = "f.confidence NULLS FIRST, f.order_key, f.task_id"
SHUFFLED = "md5(f.task_id::text)"

# The expected loss is 1 - confidence. Classes and people come together, the least sure first.
ORDERS = {
    Order.LOSS: LEAST_SURE,
    Order.CLASS: f"(f.labels[1]), {LEAST_SURE}",
    Order.ANNOTATOR: f"f.annotators, {LEAST_SURE}",
    Order.RANDOM: SHUFFLED,
    Order.OLDEST: "f.made_at, f.order_key, f.task_id",
    # All is decided there, so it waits for the look at the whole image.
    Order.MISSED: f"(f.state = 'conflicted' AND f.conflict_kinds = '{{}}') DESC, {LEAST_SURE}",
}

STRETCHES = {order: ["true"] for order in Order} | {
    Order.RANDOM: [f"{SHUFFLED} >= md5(%(user)s::text)", f"{SHUFFLED} < md5(%(user)s::text)"]
}
"""What is to be read one after the other. Everybody goes round the shuffled tasks from a place of
their own."""
