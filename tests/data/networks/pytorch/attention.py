from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.Q = nn.Linear(2, 2, bias=False)
        self.K = nn.Linear(2, 2, bias=False)
        self.V = nn.Linear(2, 2, bias=False)

    def forward(self, x):
        c = F.scaled_dot_product_attention(self.Q(x), self.K(x), self.V(x))
        return (c**2).sum()
