"""What Slack and Teams are told of the app: the Slack manifest, the Teams app package, its icons, and their check.

Plain values and files. Nothing of `bot` is imported here: that the code handles what the manifests promise is
compared in tests/manifest.
"""
