"""Modules of PyTorch, with examples: what `make.py` records and the live tests compare."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn


def seq(*l):
    return nn.Sequential(*l)


class Res(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4)

    def forward(self, x):
        return x + self.b(F.relu(self.a(x)))


class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)

    def forward(self, x):
        return self.a(torch.tanh(self.a(x)))


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.e = nn.Linear(4, 6, bias=False)
        self.d = nn.Linear(4, 6, bias=False)
        self.d.weight = self.e.weight

    def forward(self, x):
        return torch.softmax(self.e(x), -1) + self.d(x)


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 3, 3, padding=1)
        self.c2 = nn.Conv2d(3, 4, 3)
        self.f = nn.Linear(16, 5)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c1(x)), 2)
        x = F.max_pool2d(F.relu(self.c2(x)), 2 if x.shape[-1] > 4 else 1)
        return F.log_softmax(self.f(torch.flatten(x, 1)), 1)


class Block(nn.Module):
    def __init__(self, i, o, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(i, o, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(o)
        self.conv2 = nn.Conv2d(o, o, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(o)
        self.relu = nn.ReLU(inplace=True)
        self.down = (
            seq(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o))
            if stride != 1 or i != o
            else None
        )

    def forward(self, x):
        r = x if self.down is None else self.down(x)
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        y += r
        return self.relu(y)


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = seq(
            nn.Conv2d(1, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(inplace=True)
        )
        self.layer1 = seq(Block(4, 4), Block(4, 4))
        self.layer2 = seq(Block(4, 6, 2), Block(6, 6))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(6, 3)

    def forward(self, x):
        return self.fc(torch.flatten(self.pool(self.layer2(self.layer1(self.stem(x)))), 1))


class Cell(nn.Module):
    def __init__(self, c, n=3):
        super().__init__()
        self.cell = c
        self.n = n

    def forward(self, x):
        h = None
        for t in range(x.shape[1]):
            h = self.cell(x[:, t]) if h is None else self.cell(x[:, t], h)
        return h[0] if isinstance(h, tuple) else h


class RNN(nn.Module):
    def __init__(self, r, o):
        super().__init__()
        self.r = r
        self.o = nn.Linear(o, 2)

    def forward(self, x):
        y, _ = self.r(x)
        return self.o(y[:, -1])


class MHA(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.MultiheadAttention(4, 2, batch_first=True)

    def forward(self, x):
        return self.a(x, x, x, need_weights=False)[0]


class SelfAtt(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(4, 12)
        self.o = nn.Linear(4, 4)
        self.register_buffer("m", torch.tril(torch.ones(5, 5)) == 0)

    def forward(self, x):
        q, k, v = self.qkv(x).split(4, dim=-1)
        a = (q @ k.transpose(-2, -1)) / 2.0
        a = a.masked_fill(self.m, -1e9)
        return self.o(F.softmax(a, dim=-1) @ v)


class SDPA(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(4, 12)

    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, -1)
        B, T, _ = q.shape
        q, k, v = [t.view(B, T, 2, 2).transpose(1, 2) for t in (q, k, v)]
        return (
            F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(B, T, 4)
        )


class Bigram(nn.Module):
    def __init__(self):
        super().__init__()
        self.e = nn.Embedding(7, 4)
        self.p = nn.Embedding(5, 4)
        self.ln = nn.LayerNorm(4)
        self.h = nn.Linear(4, 7)

    def forward(self, i):
        return self.h(self.ln(self.e(i) + self.p(torch.arange(i.shape[1]))))


class Loss(nn.Module):
    def __init__(self, m, l):
        super().__init__()
        self.m = m
        self.l = l

    def forward(self, x, y):
        return self.l(self.m(x), y)


class Pix(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(3))
        self.b = nn.Parameter(torch.tensor(0.3))

    def forward(self, x):
        return (torch.exp(-x.pow(2)) * self.w + self.b).sigmoid().mean(1)


class Ein(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(4, 3))

    def forward(self, x):
        return torch.einsum("bi,ij->bj", x, self.w).clamp(-1, 1).var(0, unbiased=False)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.e = nn.Linear(4, 6)
        self.d = nn.Linear(3, 4)

    def forward(self, x):
        mu, lv = self.e(x).chunk(2, 1)
        z = mu + torch.exp(0.5 * lv) * 0.1
        r = self.d(z)
        return F.mse_loss(r, x) - 0.5 * torch.mean(1 + lv - mu**2 - lv.exp())


class Hand(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 5)
        self.g = nn.Parameter(torch.ones(5))
        self.b = nn.Parameter(torch.zeros(5))

    def forward(self, x):
        h = self.a(x)
        m = h.mean(0, keepdim=True)
        v = h.var(0, keepdim=True, unbiased=True)
        h = self.g * (h - m) / torch.sqrt(v + 1e-5) + self.b
        lo = torch.tanh(h)
        lo = lo - lo.max(1, keepdim=True).values
        return -(lo.exp() / lo.exp().sum(1, keepdim=True)).log()[[0, 1, 2], [1, 2, 0]].mean()


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.d = nn.Conv2d(1, 3, 3, padding=1)
        self.m = nn.Conv2d(3, 3, 3, padding=1)
        self.u = nn.ConvTranspose2d(3, 3, 2, 2)
        self.o = nn.Conv2d(6, 1, 1)

    def forward(self, x):
        a = F.elu(self.d(x))
        b = F.gelu(self.m(F.avg_pool2d(a, 2)))
        return self.o(torch.cat([self.u(b), a], 1))


X = torch.randn


def modules():
    torch.manual_seed(0)
    yield "mlp", seq(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3)), (X(2, 4),)
    yield (
        "mlp_tanh",
        seq(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 5), nn.Sigmoid(), nn.Linear(5, 1)),
        (X(3, 4),),
    )
    yield "residual", Res(), (X(2, 4),)
    yield "shared", Shared(), (X(2, 4),)
    yield "tied", Tied(), (X(2, 4),)
    yield "lenet", LeNet(), (X(2, 1, 8, 8),)
    yield "resnet", ResNet().eval(), (X(2, 1, 8, 8),)
    yield "resnet_train", ResNet().train(), (X(2, 1, 8, 8),)
    yield "lstm_cell", Cell(nn.LSTMCell(3, 4)), (X(2, 3, 3),)
    yield "gru_cell", Cell(nn.GRUCell(3, 4)), (X(2, 3, 3),)
    yield "rnn_cell", Cell(nn.RNNCell(3, 4)), (X(2, 3, 3),)
    yield "lstm", RNN(nn.LSTM(3, 4, batch_first=True), 4), (X(2, 4, 3),)
    yield (
        "lstm2bi",
        RNN(nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True), 8),
        (X(2, 3, 3),),
    )
    yield "gru", RNN(nn.GRU(3, 4, batch_first=True), 4), (X(2, 4, 3),)
    yield "rnn", RNN(nn.RNN(3, 4, nonlinearity="relu"), 4), (X(3, 2, 3),)
    yield "mha", MHA(), (X(2, 5, 4),)
    yield "self_attention", SelfAtt(), (X(2, 5, 4),)
    yield "sdpa", SDPA(), (X(2, 5, 4),)
    yield (
        "transformer",
        nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0, batch_first=True).eval(),
        (X(2, 5, 4),),
    )
    yield (
        "transformer_train",
        nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0, batch_first=True, norm_first=True),
        (X(2, 5, 4),),
    )
    yield "bigram", Bigram(), (torch.tensor([[0, 3, 2, 6, 1], [1, 1, 4, 5, 0]]),)
    yield (
        "loss_ce",
        Loss(seq(nn.Linear(4, 3)), nn.CrossEntropyLoss()),
        (X(3, 4), torch.tensor([0, 2, 1])),
    )
    yield (
        "loss_bce",
        Loss(seq(nn.Linear(4, 1)), nn.BCEWithLogitsLoss()),
        (X(3, 4), torch.tensor([[0.0], [1.0], [1.0]])),
    )
    yield "loss_mse", Loss(seq(nn.Linear(4, 2), nn.SiLU()), nn.MSELoss()), (X(3, 4), X(3, 2))
    yield (
        "loss_huber",
        Loss(seq(nn.Linear(4, 2), nn.Softplus()), nn.HuberLoss()),
        (X(3, 4), X(3, 2)),
    )
    yield "parameters", Pix(), (X(2, 3),)
    yield "einsum", Ein(), (X(3, 4),)
    yield "vae", VAE(), (X(3, 4),)
    yield "by_hand", Hand(), (X(3, 4),)
    yield "unet", UNet(), (X(1, 1, 4, 4),)
    yield (
        "norms",
        seq(
            nn.Conv1d(2, 4, 3),
            nn.GroupNorm(2, 4),
            nn.LeakyReLU(),
            nn.InstanceNorm1d(4, affine=True),
            nn.AvgPool1d(2),
        ),
        (X(2, 2, 8),),
    )
    yield (
        "acts",
        seq(
            nn.Linear(4, 4),
            nn.SELU(),
            nn.Mish(),
            nn.Hardtanh(),
            nn.PReLU(),
            nn.Softsign(),
            nn.ReLU6(),
            nn.LogSigmoid(),
            nn.GELU(approximate="tanh"),
        ),
        (X(2, 4),),
    )
    yield (
        "depthwise",
        seq(nn.Conv2d(4, 4, 3, padding=1, groups=4), nn.Conv2d(4, 6, 1), nn.ReLU6(), nn.Flatten()),
        (X(1, 4, 3, 3),),
    )
    yield "dropout_eval", seq(nn.Linear(4, 4), nn.Dropout(0.5), nn.Linear(4, 2)).eval(), (X(2, 4),)
