"""Migrations, run by the program itself: no alembic.ini, no path. Every step runs in the caller's transaction.

They expand, then fill, then contract: old code must run on the new schema and new code on the old (ASSURANCE, 9).
"""
