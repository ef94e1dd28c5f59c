"""The one place where objects meet: settings and a school file in, a program that runs out."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import APIRouter, FastAPI

from bot import logs
from bot.clock import Clock
from bot.school_file import SchoolFile
from bot.settings import Settings
from bot.slack.app import SlackDoor
from bot.slack.courier import SlackCourier
from bot.slack.directory import SlackDirectory
from bot.teams.app import TeamsDoor
from bot.teams.courier import TeamsCourier
from bot.teams.directory import GraphDirectory
from bot.web import web_app
from bot.worker import Worker
from handlers.desk import Desk
from handlers.ports import Courier, Directory
from handlers.rules.people import LEADS
from store.unit_of_work import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that is put together; `app` starts and stops the rest with itself."""

    app: FastAPI
    desk: Desk
    units: Units
    worker: Worker
