"""An event: found, read from its workbook or list, checked; results and records of it."""
