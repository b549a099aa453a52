"""People: accounts, invitations, API tokens."""
