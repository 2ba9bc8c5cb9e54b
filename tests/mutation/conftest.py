"""Keep pytest out of this folder: what is here is run by hand and needs mutmut."""

collect_ignore_glob = ["*.py"]
