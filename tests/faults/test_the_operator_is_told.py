"""What whoever keeps the program is told by the program as it serves, over HTTP and in the log."""

from tests.faults.outside import Outside


async def test_65_the_figures_are_for_whoever_has_the_token(here: Outside):
    serving = await here.serve()
    token = here.environment["METRICS_TOKEN"]
    assert (await here.figures())["heard_outbox_waiting"] >= 0
    for given in ({}, {"Authorization": f"Bearer {token[:-1]}0"}, {"Authorization": token}):
        answer = await here.asks("/metrics", **given)
        assert (answer.status_code, answer.text) == (401, "refused\n")
    found = await here.figures()
    assert found['heard_turned_away_total{door="metrics",why="metrics_wrong_token"}'] == 1
    assert found['heard_turned_away_total{door="metrics",why="metrics_no_token"}'] == 2
    assert token not in here.log.read_text("utf-8")
    assert await here.end(serving) == 0
    del here.environment["METRICS_TOKEN"]
    await here.serve()
    answer = await here.asks("/metrics", Authorization=f"Bearer {token}")
    assert (answer.status_code, answer.text) == (404, "refused\n")
