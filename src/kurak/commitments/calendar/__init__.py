"""What is due: reports, reviews and deadlines, in people's own calendars, with reminders for those who ask."""
