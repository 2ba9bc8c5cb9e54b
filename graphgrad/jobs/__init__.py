"""Do many jobs in processes that can be killed, on this machine or on a cluster.

In: a function's maker, its setting, jobs; all pickled.
Out: an `Outcome` per job: its result, or why there is none.
Start: `pool.py`; `cluster.py` hands the same pool to the workers of a Dask scheduler.
"""
