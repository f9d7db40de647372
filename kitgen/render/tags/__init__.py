"""Tags of templates: found as tokens in the tree, compiled by a sandboxed, bounded Jinja."""
