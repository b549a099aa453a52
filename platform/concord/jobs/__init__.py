"""Background work: the Job row is the truth, Celery is only the doorbell. See README.md."""
