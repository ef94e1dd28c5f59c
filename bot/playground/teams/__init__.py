"""A local Teams: the Bot Connector with its keys and tokens, a tenant, and everybody's client.

It knows Microsoft's public protocol and nothing of the bot that is judged with it. Usage:

    world = world.TeamsWorld(cast, client_id=..., client_secret=..., messages_url=..., service_url=...)
    app.mount("/teams", connector.teams_app(world))
    await world.thumbs("tess").say("/concern")
"""
