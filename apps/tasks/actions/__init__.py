"""Everything that writes to tasks, slots, drafts and answers."""
