"""The desk of the calendar: days that analysts and coordinators enter for their places."""
