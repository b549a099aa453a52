"""The verbs of the `concord` command that ask an instance over HTTP."""
