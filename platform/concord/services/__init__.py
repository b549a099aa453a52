"""The embedded PostgreSQL and Valkey, and the supervisor behind `concord up`."""
