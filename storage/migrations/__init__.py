"""How the schema came to be, step by step. HEAD is tested to be the newest revision, so that starting needs no Alembic."""

HEAD = "0003"
