"""Decoding image files of unknown origin, in child processes that can do no harm.

`pool` is the side of the platform, and `shared` that of a web process; `__main__` is the child,
which sees neither database nor settings; `picture` is what it does; `frames` is how the two talk.
"""
