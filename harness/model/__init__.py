"""The cost model: counts of events times published costs."""
