import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.RNNCell(2, 3)
        self.out = nn.Linear(3, 1)

    def forward(self, x, y):
        h = torch.zeros(3, dtype=x.dtype)
        for x_t in x:
            h = self.cell(x_t, h)
        y_hat = self.out(h)
        return nn.functional.mse_loss(y_hat, y)
