"""The platform under load: everything running, votes through the page's own endpoint, thousands of live streams."""
