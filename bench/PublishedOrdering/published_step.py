"""The published training step (spec 2.2, 3, 4) in PyTorch: one pair a step, its order of work; prints milliseconds of one pair
by the clock and of CPU.

Arguments: width height mlp_width mlp_layers rounds threads. Pictures, cameras and flow are arbitrary: the time does not depend on them.
"""
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

W, H, MLP_WIDTH, MLP_LAYERS, ROUNDS, THREADS = (int(a) for a in sys.argv[1:7])
GAPS = [1, 2, 4, 6, 8]
FRAMES = 10
CHANNELS = [16, 32, 64, 96, 128]


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.a = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.b = nn.Conv2d(outputs, outputs, 3, padding=1)

    def forward(self, x):
        return F.leaky_relu(self.b(F.leaky_relu(self.a(x), 0.1)), 0.1)


class UNet(nn.Module):
    """The size of this project's compact U-Net."""

    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList(Block(CHANNELS[i - 1] if i else 3, c) for i, c in enumerate(CHANNELS))
        self.up = nn.ModuleList(Block(c + CHANNELS[i + 1], c) for i, c in enumerate(CHANNELS[:-1]))
        self.head = nn.Conv2d(CHANNELS[0], 1, 1)

    def forward(self, x):
        skips = []
        for i, block in enumerate(self.down):
            x = block(F.avg_pool2d(x, 2) if i else x)
            skips.append(x)
        for i in reversed(range(len(self.up))):
            x = self.up[i](torch.cat([skips[i], F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)], 1))
        return self.head(x).mul(0.01).exp() * 10


class SceneFlow(nn.Module):
    """1x1 convolutions on [1, ., H, W], as published."""

    def __init__(self):
        super().__init__()
        sizes = [132] + [MLP_WIDTH] * (MLP_LAYERS + 1) + [3]
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 1) for a, b in zip(sizes, sizes[1:]))
        self.register_buffer("frequencies", torch.linspace(1, 17, 16))

    def encode(self, x):
        return torch.cat([x] + [torch.cos(f * x) for f in self.frequencies] + [torch.sin(f * x) for f in self.frequencies], 1)

    def forward(self, x, t):
        y = torch.cat([self.encode(t), self.encode(x / 10)], 1)
        for i, layer in enumerate(self.layers):
            y = layer(y)
            if i < len(self.layers) - 1:
                y = F.leaky_relu(y, 0.2)
        return y / 10


def main():
    torch.manual_seed(1)
    torch.set_num_threads(THREADS)
    net, motion = UNet().eval(), SceneFlow()
    adam = [torch.optim.Adam(net.parameters(), 1e-4, betas=(0.5, 0.9)), torch.optim.Adam(motion.parameters(), 1e-3, betas=(0.5, 0.9))]
    pictures = torch.rand(FRAMES, 3, H, W)
    v, u = torch.meshgrid(torch.arange(H, dtype=torch.float32), torch.arange(W, dtype=torch.float32), indexing="ij")
    rays = torch.stack([(u - (W - 1) / 2) / W, (v - (H - 1) / 2) / W, torch.ones_like(u)])[None]
    flow = torch.rand(1, H, W, 2) * 4 - 2

    def step(gap):
        for a in adam:
            a.zero_grad()
        depth1, depth2 = net(pictures[:1]), net(pictures[gap:gap + 1])
        world, t = rays * depth1, torch.zeros(1, 1, H, W)
        total = torch.zeros_like(world)
        for k in range(gap):
            total = total + motion(world + total, t + k / FRAMES)
        camera2 = world + total - torch.tensor([0.02 * gap, 0.0, 0.0]).view(1, 3, 1, 1)
        z = camera2[:, 2]
        predicted = torch.stack([camera2[:, 0] / z * W + (W - 1) / 2 - u, camera2[:, 1] / z * W + (H - 1) / 2 - v], -1)
        grid = torch.stack([(u + flow[..., 0]) * 2 / (W - 1) - 1, (v + flow[..., 1]) * 2 / (H - 1) - 1], -1)
        warped = F.grid_sample(rays * depth2, grid, padding_mode="border", align_corners=True)[:, 2]
        mask = (depth1[:, 0].detach() < 100).float() * (warped.detach() < 100).float()
        flow_loss = ((predicted - flow).abs().sum(-1) * mask).sum() / (mask.sum() + 1e-8)
        disparity = ((1 / z.clamp(min=1e-3) - 1 / warped.clamp(min=1e-3)).abs() * 100 * mask).sum() / (mask.sum() + 1e-8)
        (flow_loss + disparity).backward(retain_graph=True)
        first = motion(world, t)
        (motion(world + first, t + 1 / FRAMES) - first).abs().mean().backward()
        for a in adam:
            a.step()
        return flow_loss.item()

    step(1)
    times = []
    for _ in range(ROUNDS):
        start, cpu = time.perf_counter(), time.process_time()
        for gap in GAPS:
            step(gap)
        times.append((time.perf_counter() - start, time.process_time() - cpu))
    print(*(statistics.median(t) * 1000 / len(GAPS) for t in zip(*times)))


main()
