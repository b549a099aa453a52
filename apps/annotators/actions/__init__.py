"""Writes of accounts, tokens and invitations."""
