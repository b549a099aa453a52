"""HTTP as this product speaks it: errors, JSON, pages, idempotency, preconditions."""
