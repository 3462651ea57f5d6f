"""The sheets for showing chosen pages to a coach, and for reading what was opened to one."""
