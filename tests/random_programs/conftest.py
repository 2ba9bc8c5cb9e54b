"""Leave out what runs in PyTorch's environment only."""

collect_ignore = ["record_torch.py"]
