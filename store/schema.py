"""The schema, whole: whoever asks here for its metadata has the tables of every part in it."""

from store import case_tables, delivery_tables, tables, trail_tables, trouble_tables

PARTS = (tables, case_tables, trail_tables, delivery_tables, trouble_tables)
metadata = tables.metadata
