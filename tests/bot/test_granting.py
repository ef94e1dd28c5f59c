"""`database grant`: what it says, and how it ends."""

from sqlalchemy import make_url

from tests.commands import Command

ROLE = "heard_by_command"


async def test_the_command_parts_the_roles_and_says_so(command: Command, postgres_server, postgres_url):
    program = make_url(postgres_url).set(username=ROLE).render_as_string(hide_password=False)
    done = await command(
        "database", "grant", environment={"DATABASE_URL": program, "DATABASE_OWNER_URL": postgres_url}
    )
    assert (done.returncode, done.stdout) == (0, (
        "The tables are up to date. The role heard_by_command owns nothing, can make no table, and can only add to the "
        "audit trail. Keep DATABASE_OWNER_URL away from what serves the school, and run this again after each update.\n"
    ))
    await postgres_server.forget(postgres_url, ROLE)


async def test_without_an_owner_it_changes_nothing_and_says_what_to_set(command: Command, postgres_url):
    done = await command("database", "grant", environment={"DATABASE_URL": postgres_url})
    assert (done.returncode, done.stderr.startswith("Set DATABASE_OWNER_URL")) == (2, True)
