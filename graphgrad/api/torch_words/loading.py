"""Hand data out in batches, as ``torch.utils.data`` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

from graphgrad.api.torch_words.making import MAKERS, Generator
from graphgrad.api.torch_words.tensor import tensor

__all__ = ["DataLoader", "Dataset", "TensorDataset", "random_split", "utils"]


class Dataset:
    """Examples by their position; a class of one's own has ``__getitem__`` and ``__len__``."""

    def __getitem__(self, index: Any) -> Any:
        raise NotImplementedError


class TensorDataset(Dataset):
    """Tensors whose rows belong together.

    >>> data = TensorDataset(tensor([[1.0], [2.0]]), tensor([0, 1]))
    >>> len(data), data[1][1].item()
    (2, 1)
    """

    def __init__(self, *tensors: Any) -> None:
        self.tensors = tensors

    def __getitem__(self, index: Any) -> tuple[Any, ...]:
        return tuple(one[index] for one in self.tensors)

    def __len__(self) -> int:
        return len(self.tensors[0])


class Subset(Dataset):
    """Some examples of a dataset, by their positions."""

    def __init__(self, dataset: Any, indices: Sequence[int]) -> None:
        self.dataset, self.indices = dataset, list(indices)

    def __getitem__(self, index: Any) -> Any:
        return self.dataset[self.indices[index]]

    def __len__(self) -> int:
        return len(self.indices)


class DataLoader:
    """Batches of a dataset, in order or drawn anew in every round.

    Args:
        dataset: what has ``__getitem__`` and ``__len__``.
        batch_size: examples in a batch; the last one may be smaller.
        shuffle: whether their order is drawn.
        drop_last: whether a smaller last batch is left out.
        generator: what the order is drawn from.

    >>> data = TensorDataset(tensor([1.0, 2.0, 3.0]))
    >>> [batch.tolist() for (batch,) in DataLoader(data, batch_size=2)]
    [[1.0, 2.0], [3.0]]
    """

    def __init__(
        self,
        dataset: Any,
        batch_size: int = 1,
        shuffle: bool = False,
        *,
        drop_last: bool = False,
        generator: Generator | None = None,
        **_workers: Any,
    ) -> None:
        self.dataset, self.batch_size, self.shuffle = dataset, batch_size, shuffle
        self.drop_last, self.generator = drop_last, generator

    def __len__(self) -> int:
        whole, rest = divmod(len(self.dataset), self.batch_size)
        return whole + (rest > 0 and not self.drop_last)

    def __iter__(self) -> Iterator[Any]:
        count = len(self.dataset)
        order = (
            MAKERS["randperm"](count, generator=self.generator) if self.shuffle else range(count)
        )
        places = [int(at) for at in order]
        for number in range(len(self)):
            chosen = places[number * self.batch_size : (number + 1) * self.batch_size]
            yield _joined([self.dataset[at] for at in chosen])


def _joined(examples: list[Any]) -> Any:
    """Return a batch: of examples of several parts, a list of tensors."""
    first = examples[0]
    if isinstance(first, tuple | list):
        return [_joined([one[part] for one in examples]) for part in range(len(first))]
    import numpy as np

    return tensor(np.stack([np.asarray(getattr(one, "value", one)) for one in examples]))


def random_split(
    dataset: Any, lengths: Sequence[float], generator: Generator | None = None
) -> list[Subset]:
    """Return parts of a dataset, drawn; lengths are counts, or shares that add up to 1."""
    count = len(dataset)
    sizes = [int(n * count) if isinstance(n, float) else int(n) for n in lengths]
    if any(isinstance(n, float) for n in lengths):
        sizes[0] += count - sum(sizes)
    order = [int(at) for at in MAKERS["randperm"](count, generator=generator)]
    ends = [sum(sizes[: part + 1]) for part in range(len(sizes))]
    return [Subset(dataset, order[end - n : end]) for end, n in zip(ends, sizes, strict=True)]


def utils(name: str) -> dict[str, ModuleType]:
    """Return ``torch.utils`` and ``torch.utils.data`` under the name of a package."""
    whole, data = ModuleType(name, "Data in batches."), ModuleType(f"{name}.data", __doc__ or "")
    for kind in (DataLoader, Dataset, Subset, TensorDataset, random_split):
        setattr(data, kind.__name__, kind)
    whole.data = data  # type: ignore[attr-defined]  # a module takes any attribute
    whole.__path__ = []
    return {name: whole, f"{name}.data": data}
