"""What `database grant` says: PostgreSQL's owner and the program's own role, made apart."""

from bot.settings import Incomplete, Settings
from store.roles import RolesFaulty, part


async def grant_roles(settings: Settings) -> str:
    """Raises `Incomplete` with the reason."""
    owner = settings.database_owner_url.get_secret_value()
    if not owner:
        raise Incomplete(
            "Set DATABASE_OWNER_URL to the address of the same database as its owner, for this command alone. "
            "DATABASE_URL names the role that the program runs as."
        )
    try:
        role = await part(owner, settings.database_url)
    except RolesFaulty as wrong:
        raise Incomplete(str(wrong)) from None
    return (
        f"The tables are up to date. The role {role} owns nothing, can make no table, and can only add to the audit "
        "trail. Keep DATABASE_OWNER_URL away from what serves the school, and run this again after each update."
    )
