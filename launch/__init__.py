"""The rules of a launch day. Pure: values in, values out. A launch lead could read it end to end."""
