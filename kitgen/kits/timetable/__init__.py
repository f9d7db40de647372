"""When who does what with whom in which room: the parts of an event, fitted into its days; or what is missing. Pure."""
