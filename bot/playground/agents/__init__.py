"""Microsoft 365 Agents Playground, Microsoft's own local Teams client, against the program: `make playground-teams`.

It speaks to the program only through a proxy that signs as the Bot Connector does. Nothing of the program is
imported here; it is started as whoever runs it would start it.
"""
