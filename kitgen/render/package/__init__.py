"""Packages of Office files: read with distrust, written fast; properties, relations and media.

Doors: active_content, content_types, copies, deflate, file_kinds, links, normal_form, opened, package, picture_files,
properties, relations, xml.
May import: what `render` may.
"""
