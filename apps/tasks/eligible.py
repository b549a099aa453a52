"""Which slots a person may have, as SQL conditions on a slot `s`.

The statements about one person's work are asked with every task that is handed out, so none may
cost more the more that person has answered. `user_id` is NULL in almost every row when the planner
takes its statistics, so it believes that a person has hardly any slots, and both NOT EXISTS and
`user_id =` read their whole history. Neither a scalar subquery nor IS NOT DISTINCT FROM leaves it
that way: the few slots of the task are read.
"""

from apps.datasets.models import Role
from apps.datasets.policy import Capability, allows

# Until the end of the transaction. One plan does for everybody who asks, and making it anew takes
# longer than carrying it out. The planner takes a queue for as short as it was when it was last
# analysed, though, and would read all of a short one for each slot: in a growing one, for minutes.
PLANNED_ONCE = """set_config('plan_cache_mode', 'force_generic_plan', true),
       set_config('enable_seqscan', 'off', true)"""

LABELLERS = ", ".join(f"'{role}'" for role in Role if allows(role, Capability.LABEL))

MAY_LABEL = f"""EXISTS (SELECT FROM annotators_user u
             LEFT JOIN datasets_membership k
                    ON k.user_id = u.id AND k.dataset_id = %(dataset)s
             WHERE u.id = %(user)s AND u.is_active
               AND (u.is_admin OR k.role IN ({LABELLERS})))"""

ROUTED_TO_ME = """(s.only IS NULL OR %(user)s = ANY(s.only))
       AND (s.barred IS NULL OR %(user)s <> ALL(s.barred))"""

NO_PART_OF_MINE = """(SELECT true FROM tasks_slot m
             WHERE m.task_id = s.task_id AND m.user_id IS NOT DISTINCT FROM %(user)s
             LIMIT 1) IS NOT TRUE"""

NOT_PASSED = """(SELECT true FROM tasks_pass p WHERE p.task_id = s.task_id AND p.user_id = %(user)s
             AND (p.until IS NULL OR p.until > now()) LIMIT 1) IS NOT TRUE"""

NOT_GIVEN_UP = """(SELECT true FROM tasks_pass p
             WHERE p.task_id = s.task_id AND p.user_id = %(user)s
               AND p.until IS NULL LIMIT 1) IS NOT TRUE"""

CLAIMABLE = f"""s.dataset_id = %(dataset)s AND s.state = 'free'
       AND {ROUTED_TO_ME}
       AND {NO_PART_OF_MINE}
       AND {NOT_PASSED}"""

AHEAD = "(s.order_key, s.task_id) >= (%(turn)s, %(task)s)"
