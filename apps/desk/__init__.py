"""What looks across: home, data browser, a task's whole page, progress."""
