"""The one place where objects meet: settings and school files in, a program that runs out."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import randbelow
from typing import TypeVar

from fastapi import FastAPI

from bot import holding, logs
from bot.accounts import Accounts
from bot.causes import Caused
from bot.clock import Clock
from bot.figures import Figures
from bot.front import Refusals
from bot.holding import Accepted
from bot.intake import Quiet
from bot.metrics import Metrics, read_token
from bot.notary import Notary
from bot.offices import Offices, open_up
from bot.offices.office import Door, Office, Parts
from bot.operating import noticing, watching
from bot.pacing import Paced
from bot.root_key import provider, was_interrupted
from bot.school_file import SchoolFile
from bot.settings import Incomplete, Settings
from bot.spooling import Drainer, Keeper
from bot.tenancies import read_tenancies
from bot.tenants import Couriers, Directories
from bot.watch import Watch
from bot.web import web_app
from bot.worker import Worker
from handlers.assurance import plan
from handlers.assurance import roll as roll_alarm
from handlers.desk.desk import Desk
from handlers.need_to_know import coming_back
from handlers.platform_ports import Courier, Directory
from handlers.post import places
from handlers.rules.reference import Lot
from handlers.rules.roll import Held
from schedules.timetable import Job, Uses
from store.keys import KeyFaulty
from store.notes import Signer
from store.opening import open_units
from store.rolls import Roll
from store.signing import read_or_make
from store.spool import Spool
from store.unit_of_work import Units

Part = TypeVar("Part")

SHUT = (
    "The school {school} is not served: its row in the table schools is damaged, so its key does not open. Every other "
    "school is served. Bring the database back from a backup. What its staff send meanwhile waits sealed in the spool."
)
LOOKED_AT = 30.0
"""Seconds between looks at the leads' places: how long a stranger may see what stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program put together. `start` warms what would keep the first person waiting; `close` lets go of all."""

    app: FastAPI
    desk: Desk
    units: Units
    worker: Worker
    offices: Offices
    doors: Sequence[Door]
    accounts: Accounts
    clock: Clock
    files: tuple[SchoolFile, ...]
    drainer: Drainer
    notary: Notary
    watch: Watch

    @property
    def platforms(self) -> frozenset[str]:
        """Those that something is set up for."""
        return frozenset(platform for platform, _ in self.offices)

    @property
    def open_files(self) -> Sequence[SchoolFile]:
        """Of the schools that can be opened."""
        return [file for file in self.files if file.school.id not in self.units.shut()]

    def held(self, file: SchoolFile) -> Held | None:
        """The list of that school's pupils that was not taken over; None where it was."""
        return self.units.held(file.school.id)

    async def start(self) -> None:
        await self._keep_out_who_came_back()
        await self.say_what_stands()
        for place in (*self.doors, *self.offices.values()):
            await place.start()
        self.drainer.start()

    async def _keep_out_who_came_back(self) -> None:
        """Before anybody can press: a staff list that was read just now may have given somebody another key."""
        try:
            await coming_back.name_again(self.units, at=self.clock())
        except ExceptionGroup as error:  # what is damaged is told by the same job's tick
            logs.mishap("came-back", error)

    async def say_what_stands(self) -> None:
        """Say loudly that an older list of pupils stands, or that the terms run out: in the log, and of the list to the
        head and the technician. Of the terms a job tells them.
        """
        for school in self.units.shut():
            logs.error("school_shut", school=school, say=SHUT.format(school=school))
        for file in self.open_files:
            if held := self.held(file):
                logs.warning("roll_held", school=file.key, why=held.why, say=holding.lines(held, file.roll_faults))
            if first := plan.runs_out(file.school.calendar, at=self.clock()):
                logs.warning("terms_run_out", school=file.key, first=first.isoformat())
            async with self.units(file.school.id) as uow:
                await roll_alarm.note(uow, self.held(file), at=self.clock())
        self.watch.start()

    async def close(self) -> None:
        await self.watch.close()
        await self.drainer.close()
        await self.worker.close()
        await self._sign_at_the_end()
        await self.accounts.close()
        for place in (*self.doors, *self.offices.values()):
            await place.close()
        await self.units.close()

    async def _sign_at_the_end(self) -> None:
        """Where this process worked; a database that has gone keeps nothing from being closed."""
        if self.worker.began:
            try:
                await self.notary.sign()
            except Exception as error:  # noqa: BLE001 (whatever the store says: the rest is closed all the same)
                logs.mishap("checkpoint", error)


@dataclass(slots=True)
class _Bell:
    """Desk and worker need one another: the desk is given this, and this is given the worker."""

    workers: list[Worker] = field(default_factory=list[Worker])

    def __call__(self) -> None:
        for worker in self.workers:
            worker.wake()


async def assemble(
    settings: Settings, *files: SchoolFile, clock: Clock, accepted: Accepted | None = None, lot: Lot = randbelow
) -> Program:
    """Put it together and open the store. Raises `Incomplete` with what is wrong, in words. `lot` draws references.

    A tenant of no school among `files` has no office: whether each has one is for whoever serves to ask (`serving`).
    """
    tenancies = read_tenancies(settings).placed([file.school for file in files])
    token = read_token(settings)
    units, signer = await _open(settings, files, accepted, lot), _signer(settings)
    await units.fill(at=clock())
    notary = Notary(units, signer, settings.checkpoint_folder)
    bell = _Bell()
    directories: dict[str, Directory] = {}
    accounts = Accounts(directories, units.addresses, time.time)
    couriers: dict[str, Courier] = {}
    spool = _spool(settings)
    keeper = Keeper(spool=spool, schools={file.school.id: file.school for file in files}, couriers=couriers)
    desk = Desk(units=units, now=clock, wake=bell, mishap=logs.mishap, accounts=accounts, keeper=keeper)
    drainer = Drainer(spool=spool, desk=desk, keeper=keeper, ready=units.ready)
    paced = Paced(Caused(desk, units.school_of), most=settings.commands_a_minute, now=time.monotonic)
    noticed = noticing(tenancies)
    refused = noticed.storms.refused
    parts = Parts(settings=settings, desk=paced, units=units, accounts=accounts, noted=refused, dates=noticed.dates)
    offices, doors = open_up(parts, tenancies, files)
    for office in offices.values():
        await office.remember_service()
    directories |= {name: Directories(here) for name, here in _by_platform(offices, lambda one: one.directory)}
    couriers |= {name: Couriers(here) for name, here in _by_platform(offices, lambda one: one.courier)}
    also = (notary.job(), _places(units, couriers))
    worker = Worker(Uses(units=units, directories=directories), couriers, clock, meters=noticed.meters, also=also)
    bell.workers.append(worker)
    figures = Figures(units=units, files=files, clock=clock, spool=spool, ages=worker.ages)
    refusals = Refusals(desk=paced, quiet=Quiet(time.monotonic), door="metrics", noted=refused)
    metrics = Metrics(token=token, counts=figures, happened=noticed.meters.registry, refusals=refusals)
    watch, ready = watching(settings, units, worker, spool=spool, noticed=noticed, clock=clock)
    app = web_app([*(door.router for door in doors), metrics.router()], ready=ready, meters=noticed.meters)
    return Program(
        app=app, desk=desk, units=units, worker=worker, offices=offices, doors=doors, clock=clock, files=files,
        accounts=accounts, drainer=drainer, notary=notary, watch=watch,
    )


def _places(units: Units, couriers: Mapping[str, Courier]) -> Job:
    async def tick(_: Uses, at: datetime) -> None:
        await places.look_at_all(units, couriers, at=at)

    return Job(name="places", every=LOOKED_AT, run=tick)


def _by_platform(offices: Offices, of: Callable[[Office], Part]) -> Iterator[tuple[str, dict[str, Part]]]:
    """Of each platform, that part of its offices by their tenants."""
    for platform in {name for name, _ in offices}:
        yield platform, {tenant: of(office) for (name, tenant), office in offices.items() if name == platform}


def _spool(settings: Settings) -> Spool:
    """Raises `Incomplete` where the folder cannot be written: nothing could be kept when it counts."""
    try:
        keys = provider(settings)
        spool = Spool(settings.spool, keys.root(), before=keys.before())
        spool.open_folder()
    except KeyFaulty as fault:
        raise Incomplete(str(fault)) from None
    except OSError:
        raise Incomplete(
            f"The folder {settings.spool} cannot be written. What staff send waits there while the database cannot be "
            "reached. Give it to the user that Heard runs as, or set SPOOL_FOLDER."
        ) from None
    return spool


def _signer(settings: Settings) -> Signer:
    try:
        return read_or_make(settings.signing_key)
    except KeyFaulty as fault:
        raise Incomplete(str(fault)) from None


async def _open(settings: Settings, files: Sequence[SchoolFile], accepted: Accepted | None, lot: Lot) -> Units:
    try:
        key = provider(settings).root()
        rolls = [
            Roll(
                school=file.school, people=file.people, pupils=file.pupils, faults=file.roll_faults,
                accepted=accepted.number if accepted and accepted.school == file.school.id else None,
            )
            for file in files
        ]
        return await open_units(settings.database_url, root_key=key, schools=rolls, lot=lot)
    except KeyFaulty as fault:
        raise Incomplete(f"{fault}{was_interrupted(settings)}") from None
    except ValueError as fault:
        raise Incomplete(str(fault)) from None
