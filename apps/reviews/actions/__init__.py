"""Everything that writes to merges, conflicts, decisions and finals."""
