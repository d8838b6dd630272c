"""What comes from Slack: a payload becomes a command for the door, its answer becomes a reply. No rules, no sentences."""
