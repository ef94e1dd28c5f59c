"""What alembic runs: the migrations, on the connection that it was given, in the transaction that is open there."""

from alembic import context

from store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
