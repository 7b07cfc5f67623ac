"""Who may sit at the desk, and from where: logins, their throttle, addresses."""
