"""What happened: one append-only row per change of state, written with the change."""
