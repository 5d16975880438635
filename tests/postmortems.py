"""A post-mortem in which the linter finds no error, as a team might have finished it."""

FINISHED = """
## Impact

From 02:14 to 03:05 UTC 412 payments failed, for 230 customers.

## Timeline

- 02:14 UTC: first failed payment
- 02:21 UTC: **Detected** by the alert on failed payments
- 02:31 UTC: **Acknowledged** by the engineer on call
- 02:50 UTC: **Mitigated**, the release was rolled back
- 03:05 UTC: **Resolved**, payments were back to normal

## Root cause

The release read an environment variable that staging has and production has not.

## Contributing factors

- No test starts the service with production's variables.

## Resolution

The release was rolled back, and the variable has a default now.

## What went well

- The alert came within seven minutes.

## What went wrong

- Nobody could tell which release was running.

## Lessons learned

- A variable that is missing has to stop the start.

## Action items

- [ ] Alert on failed payments within a minute — Owner: @sam — Due: 2026-12-01
- [ ] Start the service in CI with production's variables — Owner: @morgan — Due: 2026-12-04
"""
