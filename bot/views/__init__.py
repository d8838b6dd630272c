"""What people see in Slack, as functions of state: cards, notices, menus, forms and sentences. Pure, in both languages."""
