"""A local Slack and a local Teams, with a page to click on: for the demo, the tests and the benchmark.

It knows the two platforms' public protocols and nothing of Heard: no import from `handlers`, `store`,
`schedules`, `bot.slack` or `bot.teams` is allowed here, so that it can judge them.
"""
