"""Bytes at rest (`files`) and bytes from outside (`egress`)."""
