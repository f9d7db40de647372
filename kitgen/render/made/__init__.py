"""Workbooks written from a description, and notes written into the cells of one."""
