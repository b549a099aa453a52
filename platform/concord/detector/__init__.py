"""A model server to learn from: a small real detector behind our own two-route protocol.

A process of its own, which needs nothing of the platform: `concord serve-model people`. What it
sees with comes with the extra `detector`.
"""
