"""A case key is destroyed: nothing opens what it sealed, the trail holds, and the key is in no page of the file."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from handlers.errors import Damaged, MovedOn
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, Outcome, Status
from store.copies import make_backup, verify_backup
from store.opening import open_units
from store.roles import part
from store.unit_of_work import Units
from store.verifying import verify_chain
from tests.postgres import Server
from tests.store.conftest import Tamper
from tests.store.sample import AT, ROOT, WORDS, Sample

ROLE = "heard_program_disposes"
NOTE = {"note": "Rang home."}


async def closed(units: Units, school: Sample, reference: str) -> Concern:
    lead = school.person("lead").id
    concern = school.concern(
        reference, status=Status.CLOSED, owner=lead, accepted_at=AT, outcome=Outcome.MONITORING, triaged_at=AT,
        closed_at=AT,
    )  # fmt: skip
    async with units(school.id) as uow:
        await uow.concerns.save(concern, because=school.raised(concern))
        await uow.actions.save(school.action(concern), because=school.entry(concern.id, Deed.ASSIGNED, words=NOTE))
    return concern


async def dispose(units: Units, school: Sample, concern: Concern) -> None:
    async with units(school.id) as uow:
        gone = replace(concern, disposed_at=AT, children=frozenset())
        await uow.concerns.dispose(gone, (), because=school.entry(concern.id, Deed.DISPOSED))
        assert await uow.concerns.get(concern.id) is None, "not in this unit of work either"


async def test_it_is_found_by_nothing_and_opened_by_nobody_and_the_others_stand(units: Units, school: Sample) -> None:
    one, other = await closed(units, school, "26-0001"), await closed(units, school, "26-0002")
    await dispose(units, school, one)
    async with units(school.id) as uow:
        assert list(await uow.concerns.among([one.id, other.id])) == [other.id]
        assert await uow.concerns.find(one.reference) is None
        everything = await uow.concerns.since(AT.replace(year=2000), AT.replace(year=2100))
        assert [concern.id for concern in everything] == [other.id]
        assert [concern.id for concern in await uow.concerns.reported_by(one.reporter)] == [other.id]
        assert await uow.trail.answers(other.id) == WORDS
        for words in (uow.trail.answers(one.id), uow.trail.of(one.id, words=True)):
            with pytest.raises(Damaged):
                await words
        assert [line.entry.deed for line in await uow.trail.of(one.id)] == [Deed.RAISED, Deed.ASSIGNED, Deed.DISPOSED]
    assert await verify_chain(units, school.id) is None


async def test_a_reference_is_never_given_again_and_a_form_sent_again_raises_nothing(
    units: Units, school: Sample
) -> None:
    one = await closed(units, school, "26-0001")
    await dispose(units, school, one)

    with pytest.raises(MovedOn):
        async with units(school.id) as uow:
            await uow.concerns.save(replace(one, reference="26-0007"), because=school.raised(one))


async def test_no_key_is_made_again_for_what_was_disposed_of(units: Units, school: Sample) -> None:
    one = await closed(units, school, "26-0001")
    await dispose(units, school, one)
    with pytest.raises(MovedOn):
        async with units(school.id) as uow:
            await uow.trail.append(school.entry(one.id, Deed.ADDED, words=NOTE))


async def test_the_programs_own_role_can_do_it(postgres_url: str, school: Sample, postgres_server: Server) -> None:
    """Of keys it may take no row away: it writes over the one."""
    address = make_url(postgres_url).set(username=ROLE).render_as_string(hide_password=False)
    await part(postgres_url, address)
    units = await open_units(address, root_key=ROOT, schools=(school.roll,))
    one = await closed(units, school, "26-0001")
    await dispose(units, school, one)
    async with units(school.id) as uow:
        with pytest.raises(Damaged):
            await uow.trail.answers(one.id)
    await units.close()
    await postgres_server.forget(postgres_url, ROLE)


async def test_a_backup_made_after_holds_and_cannot_open_it(
    units: Units, school: Sample, database_url: str, tmp_path: Path
) -> None:
    one = await closed(units, school, "26-0001")
    await closed(units, school, "26-0002")
    await dispose(units, school, one)
    backup = await make_backup(database_url, ROOT, tmp_path, at=AT)
    verified = await verify_backup(backup, ROOT)
    assert (verified.cases, verified.entries) == (1, 5)


async def test_the_key_is_in_no_page_of_the_file(
    units: Units, school: Sample, sqlite_url: str, database_url: str, tamper: Tamper
) -> None:
    """A row that is only let go stays where it was until its place is used again."""
    one = await closed(units, school, "26-0001")
    if database_url != sqlite_url:  # what was let go stays there until a vacuum: the row alone tells
        await dispose(units, school, one)
        ((left,),) = await tamper('SELECT key FROM case_keys WHERE "case" = :id', id=one.id)
        assert left == b""
        return
    ((wrapped,),) = await tamper('SELECT key FROM case_keys WHERE "case" = :id', id=one.id.hex)
    file = Path(make_url(sqlite_url).database or "")
    assert isinstance(wrapped, bytes)
    assert any(wrapped in path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    await dispose(units, school, one)
    await units.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not any(wrapped in path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
