"""Celery as a doorbell: a message only says "look at your Job rows", and may be lost or doubled.

The Job row is the truth (`concord.jobs`), so nothing here is tuned to be exact. It is tuned not to
wait: a publisher without a broker gives up at once, and a killed worker's message comes back within
seconds and not after kombu's default of minutes.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concord.settings")

app = Celery("concord")
app.set_default()  # for every thread: without it a thread of the web server has a default app
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    imports=["concord.jobs.doorbell"],
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_default_queue="default",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_max_memory_per_child=400_000,  # kilobytes
    worker_hijack_root_logger=False,
    # A task ends well before the broker takes its message for abandoned and rings again.
    task_soft_time_limit=110,
    task_time_limit=120,
    broker_transport_options={
        "visibility_timeout": 600,
        # kombu looks for abandoned messages every interval x throttle seconds.
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        # kombu would retry a publish for as long as the broker is away; the reaper rings later.
        "max_retries": 1,
        "interval_start": 0,
        "interval_max": 0,
    },
    task_publish_retry=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    beat_schedule={
        "ring again for jobs that nobody works on": {
            "task": "concord.jobs.reap",
            "schedule": 10.0,
            "options": {"expires": 10},
        },
        "tell people what happened": {
            "task": "desk.tell_people",
            "schedule": 10.0,
            "options": {"expires": 10},
        },
        "see what webhooks are to hear of": {
            "task": "exchange.owe_deliveries",
            "schedule": 5.0,
            "options": {"expires": 5},
        },
        "forget what webhooks were told long ago": {
            "task": "exchange.forget_deliveries",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        "remove what was deleted long ago": {
            "task": "desk.order_purges",
            "schedule": 600.0,
            "options": {"expires": 600},
        },
        "mail people what happened": {
            "task": "desk.order_mails",
            "schedule": 15.0,
            "options": {"expires": 15},
        },
        "count how datasets stand today": {
            "task": "desk.count_days",
            "schedule": 300.0,
            "options": {"expires": 300},
        },
        "forget who tried to come in": {
            "task": "annotators.forget",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        "compare models with what people agreed on": {
            "task": "assist.order_comparing",
            "schedule": 15.0,
            "options": {"expires": 15},
        },
        "learn from what people answered": {
            "task": "reviews.order_learning",
            "schedule": 30.0,
            "options": {"expires": 30},
        },
    },
)
app.autodiscover_tasks(related_name="jobs")
