"""How fast and how good Concord is: `make bench`. A benchmark reports; it never fails a test."""
