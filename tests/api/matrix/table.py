"""Who may do what over HTTP: every route and verb of the API, with the status for each person.

Columns are those of `PEOPLE`, for a thing of the one dataset in which they have their roles, made
there by somebody else. Who may not see the dataset gets 404, who may see it but not do this 403.
What they get for a thing of another dataset, of a deleted one and for one that never was follows
from it by a rule (`test_matrix`); `deleted` says where it does not, `mine` what they get for one of
their own. Bodies are good ones: a refusal is for the person, not for the body. Where a body cannot
succeed in the matrix's world (a lease that nobody holds), the columns of those who may hold the
refusal that comes after the check: 400 or 409.
"""

from tests.api.matrix.accounts import ACCOUNTS, NOTICES
from tests.api.matrix.datasets import DATASETS, EXPORTS, IMPORTS, PREDICTIONS
from tests.api.matrix.leading import DESK, INSIGHTS, REVIEWS
from tests.api.matrix.work import FLAGS, GROUPS, TASKS, THREADS, TILES

ROWS = [
    *ACCOUNTS,
    *DATASETS,
    *TASKS,
    *TILES,
    *GROUPS,
    *FLAGS,
    *THREADS,
    *IMPORTS,
    *REVIEWS,
    *INSIGHTS,
    *PREDICTIONS,
    *EXPORTS,
    *NOTICES,
    *DESK,
]
