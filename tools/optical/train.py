"""Trains the two small networks of `src/optical` on windows that `windows` cut out of drawn pages.

    python3 train.py close|wide OUT.bin DATA... [--minutes M] [--seed S] [--start WEIGHTS.pt]

`close` tells the 37 characters (and "none") apart, `wide` says whether a cell holds a character and how far off it is. Weights
leave as int8 with one scale per output channel, in the order in which `src/optical/network.rs` reads them. Only drawn pages are
ever read here. One thread; the same seed, data and number of steps give the same weights on one machine, but the time limit
decides how many steps there are, so that a rerun gives weights as good, not the same.
"""
import argparse, math, struct, time
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

SIDE = 24
RECORD = 4 + SIDE * SIDE
SHAPES = {"close": (16, 32, 48, 96, 38), "wide": (8, 16, 16, 48, 5)}


class Network(nn.Module):
    """5×5 by steps of 2, 3×3, 3×3 by steps of 2, two full layers; 24 → 12 → 12 → 6."""

    def __init__(self, kind):
        super().__init__()
        a, b, c, d, e = SHAPES[kind]
        self.kind = kind
        self.conv1 = nn.Conv2d(1, a, 5, 2, 2)
        self.conv2 = nn.Conv2d(a, b, 3, 2, 1)
        self.conv3 = nn.Conv2d(b, c, 3, 1, 1)
        self.full1 = nn.Linear(c * 36, d)
        self.full2 = nn.Linear(d, e)
        self.drop = nn.Dropout(0.1 if kind == "close" else 0.0)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        x = F.relu(self.conv2(x))
        x = F.relu(self.conv3(x))
        x = x.permute(0, 2, 3, 1).flatten(1)
        x = F.relu(self.full1(self.drop(x)))
        return self.full2(x)


def quantise(weight):
    """Rounds a weight to int8 with a scale for each output channel."""
    flat = weight.reshape(weight.shape[0], -1)
    scale = flat.abs().amax(1).clamp(min=1e-8) / 127
    return torch.round(flat / scale[:, None]).clamp(-127, 127).to(torch.int8), scale


def save(net, path):
    with open(path, "wb") as out:
        for layer in (net.conv1, net.conv2, net.conv3, net.full1, net.full2):
            w = layer.weight.detach()
            q, scale = quantise(w)
            # input-major, so that the innermost loop runs over outputs: [ky][kx][in][out] or [in][out]
            q = q.reshape(w.shape)
            q = q.permute(2, 3, 1, 0) if w.dim() == 4 else q.t()
            out.write(scale.numpy().astype("<f4").tobytes())
            out.write(layer.bias.detach().numpy().astype("<f4").tobytes())
            out.write(q.contiguous().numpy().tobytes())


def augment(x, gen):
    """Noise, contrast bends, dark and light bars, and a little blur on windows of deviation 1."""
    n = len(x)
    r = lambda lo, hi: torch.rand(n, 1, 1, 1, generator=gen) * (hi - lo) + lo
    soft = F.avg_pool2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    x = x + (soft - x) * r(-0.5, 0.6) * (r(0, 1) < 0.4)
    yy, xx = torch.meshgrid(torch.linspace(-1, 1, SIDE), torch.linspace(-1, 1, SIDE), indexing="ij")
    angle = r(0, math.pi)
    across = xx * torch.cos(angle) + yy * torch.sin(angle) - r(-1, 1)
    bar = torch.sigmoid((r(0.04, 0.25) - across.abs()) * 20)
    x = x + bar * r(-1.6, 1.3) * (r(0, 1) < 0.2)
    x = x + (xx * torch.cos(angle) + yy * torch.sin(angle)) * r(-0.6, 0.6) * (r(0, 1) < 0.3)
    x = x + torch.randn(x.shape, generator=gen) * r(0, 0.35) * (r(0, 1) < 0.5)
    mean = x.mean((1, 2, 3), keepdim=True)
    return (x - mean) / x.std((1, 2, 3), keepdim=True).clamp(min=0.05)


def loss_of(net, x, label, offset):
    y = net(x)
    if net.kind == "close":
        return F.cross_entropy(y, label, label_smoothing=0.0002), (y.argmax(1) == label).float().mean()
    there = (label != 37).float()
    hit = F.binary_cross_entropy_with_logits(y[:, 0], there)
    filler = F.binary_cross_entropy_with_logits(y[:, 4], (label == 36).float(), weight=there)
    miss = F.smooth_l1_loss(y[:, 1:4], offset, beta=0.1, reduction="none").sum(1)
    return hit + 0.3 * filler + 6 * (miss * there).mean(), ((y[:, 0] > 0).float() == there).float().mean()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("kind"), p.add_argument("out"), p.add_argument("data", nargs="+")
    p.add_argument("--minutes", type=float, default=10), p.add_argument("--seed", type=int, default=1)
    p.add_argument("--start"), p.add_argument("--rate", type=float, default=2e-3)
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    gen = torch.Generator().manual_seed(a.seed)
    raw = np.concatenate([np.fromfile(f, np.uint8).reshape(-1, RECORD) for f in a.data])
    np.random.default_rng(a.seed).shuffle(raw)
    held, raw = raw[: len(raw) // 20], raw[len(raw) // 20 :]

    def batch(rows):
        label = torch.from_numpy(rows[:, 0].astype(np.int64))
        offset = torch.from_numpy(rows[:, 1:4].astype(np.int8).astype(np.float32) / 100)
        x = torch.from_numpy(rows[:, 4:].reshape(-1, 1, SIDE, SIDE).astype(np.float32))
        return (x - 128) / 40, label, offset

    net = Network(a.kind)
    if a.start:
        net.load_state_dict(torch.load(a.start))
    opt = torch.optim.AdamW(net.parameters(), lr=a.rate, weight_decay=1e-3)
    begin, step, size = time.time(), 0, 128
    print("windows", len(raw), "held out", len(held), "weights", sum(w.numel() for w in net.parameters()), flush=True)
    order = torch.randperm(len(raw), generator=gen)
    at = 0
    while True:
        done = (time.time() - begin) / (a.minutes * 60)
        if done >= 1:
            break
        for group in opt.param_groups:
            group["lr"] = a.rate * (min(1.0, step / 200)) * (0.5 + 0.5 * math.cos(math.pi * done))
        if at + size > len(order):
            order, at = torch.randperm(len(raw), generator=gen), 0
        x, label, offset = batch(raw[order[at : at + size].numpy()])
        at += size
        if a.kind == "close" or torch.rand(1, generator=gen) < 0.9:
            x = augment(x, gen)
        net.train()
        loss, right = loss_of(net, x, label, offset)
        opt.zero_grad(), loss.backward(), opt.step()
        step += 1
        if step % 500 == 0:
            net.eval()
            with torch.no_grad():
                l, r = loss_of(net, *batch(held[:8000]))
            print(f"{time.time() - begin:6.0f} s  step {step}  loss {loss:.4f}  held out: loss {l:.4f} right {r:.5f}", flush=True)
    net.eval()
    save(net, a.out)
    torch.save(net.state_dict(), a.out + ".pt")


main()
