"""Tasks, slots and leases, drafts, answers and revisions."""
