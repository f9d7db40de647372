"""Work that is done elsewhere: in other processes of this machine, or on other machines. It knows no document.

Doors: collecting, copies, crew, parcel, places.
May import: what `documents` may.
"""
