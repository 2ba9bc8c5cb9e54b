from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTMCell(2, 2)

    def forward(self, x, h, c):
        h, c = self.cell(x, (h, c))
        return (h**2).sum() + c.sum()
