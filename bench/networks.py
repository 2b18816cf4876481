"""Steps of the same networks by numpy or by PyTorch: networks.py numpy|torch RULE BATCH WIDTHS SECONDS, milliseconds a step.

A step takes its batch from 60,000 examples in a new order, as every training does. PyTorch trains as programs for feedback
alignment do: batches by a DataLoader, a module for each layer, whose output passes through a function that sends the error
back by a fixed matrix when autograd calls it, and torch.optim.SGD.
"""

import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

library, rule, batch, widths, seconds = sys.argv[1:]
batch = int(batch)
widths = [int(n) for n in widths.split("-")]
layers = len(widths) - 1


def by_numpy():
    import numpy as np

    rng = np.random.default_rng(1)
    single = np.float32
    W = [rng.uniform(-1, 1, (m, n)).astype(single) / single(n**0.5) for n, m in zip(widths, widths[1:])]
    F = [rng.uniform(-1, 1, (n, widths[-1])).astype(single) for n in widths[1:-1]]
    examples = 60000 if widths[0] < 1000 else 10000
    X = rng.standard_normal((examples, widths[0]), dtype=single)
    Y = np.eye(widths[-1], dtype=single)[rng.integers(0, widths[-1], examples)]
    eta = single(1e-3 / batch)
    order = rng.permutation(examples)
    at = [0]

    def step():
        chosen = order[at[0] : at[0] + batch]
        at[0] = (at[0] + batch) % (examples - batch)
        x = X[chosen]
        y = Y[chosen]
        h = [x]
        for l in range(layers - 1):
            h.append(np.tanh(h[l] @ W[l].T))
        z = h[-1] @ W[-1].T
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        delta = [None] * layers
        delta[-1] = p - y
        for l in range(layers - 2, -1, -1):
            back = delta[-1] @ F[l].T if rule == "dfa" else delta[l + 1] @ W[l + 1]
            delta[l] = back * (1 - h[l + 1] * h[l + 1])
        for l in range(layers):
            W[l] -= eta * (delta[l].T @ h[l])

    return step


def by_torch():
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(1)
    sent = {}

    class Send(torch.autograd.Function):
        @staticmethod
        def forward(ctx, h, F):
            ctx.save_for_backward(F)
            return h

        @staticmethod
        def backward(ctx, _):
            (F,) = ctx.saved_tensors
            return sent["e"] @ F.t(), None

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = torch.nn.ModuleList(
                [torch.nn.Linear(n, m, bias=False) for n, m in zip(widths, widths[1:])]
            )
            self.F = [torch.rand(n, widths[-1]) * 2 - 1 for n in widths[1:-1]]

        def forward(self, x):
            for l, layer in enumerate(self.layers[:-1]):
                x = torch.tanh(layer(x))
                if rule == "dfa":
                    x = Send.apply(x, self.F[l])
            return self.layers[-1](x)

    network = Network()
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-3)
    loss_of = torch.nn.CrossEntropyLoss()
    examples = 60000 if widths[0] < 1000 else 10000
    data = torch.utils.data.TensorDataset(
        torch.randn(examples, widths[0]), torch.randint(0, widths[-1], (examples,))
    )
    loader = torch.utils.data.DataLoader(data, batch_size=batch, shuffle=True, drop_last=True)

    def batches():
        while True:
            yield from loader

    source = batches()

    def step():
        x, y = next(source)
        optimizer.zero_grad()
        output = network(x)
        loss = loss_of(output, y)
        output.register_hook(lambda gradient: sent.__setitem__("e", gradient))
        loss.backward()
        optimizer.step()

    return step


step = {"numpy": by_numpy, "torch": by_torch}[library]()
for _ in range(5):
    step()
best = float("inf")
end = time.perf_counter() + float(seconds)
while time.perf_counter() < end:
    start = time.process_time()
    for _ in range(10):
        step()
    best = min(best, (time.process_time() - start) / 10)
print(best * 1000)
