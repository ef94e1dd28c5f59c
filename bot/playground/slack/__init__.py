"""A local Slack: the Web API, a workspace, and everybody's client.

It knows Slack's public protocol and nothing of the bot that is judged with it. Usage:

    world = world.SlackWorld(cast, signing_secret=..., bot_token=..., events_url=..., service_url=...)
    app.mount("/slack", api.slack_app(world))
    await world.thumbs("tess").say("/concern")
"""
