"""The one door for writes that matter: imports, values, editions, articles.

Every action is keyword-only and atomic, takes the actor `by` and the instant `at`, changes states by a conditional
UPDATE on the state and version the person saw, records the trail in the same transaction, and raises `Refused` (or
`Stale`) having written nothing.
"""
