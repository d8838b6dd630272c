"""The rows: tables, migrations, transactions. Knows the rules' values, knows nothing of Slack. Rows never leave it."""
