"""What `database grant` and `database walls` say: PostgreSQL's two roles are made apart, and the schools."""

from bot.settings import Incomplete, Settings
from store.roles import RolesFaulty, part


async def grant_roles(settings: Settings, *, walled: bool = False) -> str:
    """`walled`: put up the walls between schools too. Raises `Incomplete` with the reason."""
    owner = settings.database_owner_url.get_secret_value()
    if not owner:
        raise Incomplete(
            "Set DATABASE_OWNER_URL to the address of the same database as its owner, for this command alone. "
            "DATABASE_URL names the role that the program runs as."
        )
    try:
        role = await part(owner, settings.database_url, walled=walled)
    except RolesFaulty as wrong:
        raise Incomplete(str(wrong)) from None
    apart = (
        " The database itself keeps the schools apart now: whoever has not said for which school a transaction is sees "
        "nothing of any."
    )
    return (
        f"The tables are up to date. The role {role} owns nothing, can make no table, and can only add to the audit "
        "trail. Keep DATABASE_OWNER_URL away from what serves the school, and run this again after each update."
        f"{apart if walled else ''}"
    )
