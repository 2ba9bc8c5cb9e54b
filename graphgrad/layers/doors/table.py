"""List PyTorch's classes and the rows that they are."""

from __future__ import annotations

from graphgrad.layers.doors import layer_doors, loss_doors
from graphgrad.layers.doors.door import Door

__all__ = ["DOORS"]

_WEIGHT = {"W": "weight", "b": "bias"}
_SCALE = {"gamma": "weight", "beta": "bias"}
_RUNNING = _SCALE | {"mean": "running_mean", "var": "running_var"}
_CELL = {"W": "weight_ih", "U": "weight_hh", "b": "bias_ih", "c": "bias_hh"}

DOORS: dict[str, Door] = {
    "Linear": Door("dense", layer_doors.linear, _WEIGHT),
    "Conv1d": Door("conv1d", layer_doors.conv(1), _WEIGHT),
    "Conv2d": Door("conv2d", layer_doors.conv(2), _WEIGHT),
    "ConvTranspose1d": Door("conv_transpose1d", layer_doors.conv_transpose(1), _WEIGHT),
    "ConvTranspose2d": Door("conv_transpose2d", layer_doors.conv_transpose(2), _WEIGHT),
    "MaxPool1d": Door("max_pool1d", layer_doors.max_pool(1), functional="max_pool1d"),
    "MaxPool2d": Door("max_pool2d", layer_doors.max_pool(2), functional="max_pool2d"),
    "AvgPool1d": Door("avg_pool1d", layer_doors.avg_pool(1), functional="avg_pool1d"),
    "AvgPool2d": Door("avg_pool2d", layer_doors.avg_pool(2), functional="avg_pool2d"),
    "AdaptiveAvgPool1d": Door("adaptive_avg_pool1d", layer_doors.adaptive(1),
                              functional="adaptive_avg_pool1d"),
    "AdaptiveAvgPool2d": Door("adaptive_avg_pool2d", layer_doors.adaptive(2),
                              functional="adaptive_avg_pool2d"),
    "Upsample": Door("upsample", layer_doors.upsample, functional="interpolate"),
    "Flatten": Door("flatten", layer_doors.flatten),
    "BatchNorm1d": Door("batch_norm", layer_doors.batch_norm, _RUNNING),
    "BatchNorm2d": Door("batch_norm", layer_doors.batch_norm, _RUNNING),
    "LayerNorm": Door("layer_norm", layer_doors.layer_norm, _SCALE),
    "RMSNorm": Door("rms_norm", layer_doors.rms_norm, {"gamma": "weight"}),
    "GroupNorm": Door("group_norm", layer_doors.group_norm, _SCALE),
    "InstanceNorm1d": Door("group_norm", layer_doors.instance_norm, _SCALE),
    "InstanceNorm2d": Door("group_norm", layer_doors.instance_norm, _SCALE),
    "Dropout": Door("inverted_dropout", layer_doors.dropout),
    "Embedding": Door("embedding", layer_doors.embedding, {"E": "weight"}),
    "RNNCell": Door("elman", layer_doors.rnn_cell, _CELL),
    "LSTMCell": Door("lstm", layer_doors.cell, _CELL),
    "GRUCell": Door("gru", layer_doors.cell, _CELL),
    "Identity": Door("identity", loss_doors.nothing),
    "Sigmoid": Door("sigmoid", loss_doors.nothing, functional="sigmoid"),
    "Tanh": Door("tanh", loss_doors.nothing, functional="tanh"),
    "ReLU": Door("relu", loss_doors.plain, functional="relu"),
    "LeakyReLU": Door("leaky_relu", loss_doors.leaky_relu, functional="leaky_relu"),
    "PReLU": Door("prelu", loss_doors.prelu, {"alpha": "weight"}),
    "ELU": Door("elu", loss_doors.elu, functional="elu"),
    "SELU": Door("selu", loss_doors.plain, functional="selu"),
    "Softplus": Door("softplus", loss_doors.softplus, functional="softplus"),
    "Softsign": Door("softsign", loss_doors.nothing, functional="softsign"),
    "GELU": Door("gelu", loss_doors.gelu, functional="gelu"),
    "SiLU": Door("silu", loss_doors.plain, functional="silu"),
    "Mish": Door("mish", loss_doors.plain, functional="mish"),
    "ReLU6": Door("hardtanh", loss_doors.relu6, functional="relu6"),
    "Hardtanh": Door("hardtanh", loss_doors.hardtanh, functional="hardtanh"),
    "Softmax": Door("softmax", loss_doors.softmax, functional="softmax"),
    "LogSoftmax": Door("log_softmax", loss_doors.softmax, functional="log_softmax"),
    "LogSigmoid": Door("log_sigmoid", loss_doors.nothing, functional="logsigmoid"),
    "MSELoss": Door("mse", loss_doors.loss, functional="mse_loss"),
    "L1Loss": Door("mae", loss_doors.loss, functional="l1_loss"),
    "HuberLoss": Door("huber", loss_doors.huber, functional="huber_loss"),
    "SmoothL1Loss": Door("smooth_l1", loss_doors.smooth_l1, functional="smooth_l1_loss"),
    "CrossEntropyLoss": Door("cross_entropy_with_logits", loss_doors.cross_entropy,
                             functional="cross_entropy"),
    "NLLLoss": Door("nll", loss_doors.nll, functional="nll_loss"),
    "BCELoss": Door("bce", loss_doors.bce, functional="binary_cross_entropy"),
    "BCEWithLogitsLoss": Door("bce_with_logits", loss_doors.bce_with_logits,
                              functional="binary_cross_entropy_with_logits"),
    "MultiMarginLoss": Door("multi_margin", loss_doors.multi_margin,
                            functional="multi_margin_loss"),
    "KLDivLoss": Door("kl_divergence", loss_doors.kl, functional="kl_div"),
}  # fmt: skip
"""PyTorch's class to its door; a further class is one entry, and its function above."""
