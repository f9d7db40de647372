"""When who does what with whom in which room: the parts of an event, fitted into its days; or what is missing. Pure.

Doors: attendance, calendar, fitting, own_times, part, sheets, timetable, work.
May import: what `kits` may.
"""
