"""Background work: the Job row is the truth, Celery is only the doorbell. See README.md.

Nothing is imported here: Django loads the models through this package before apps are ready, and
Celery finds `doorbell` by its name.
"""
