"""An independent MiDaS v2 family network in torch.nn, written from the specification: random weights, one picture, its output.

Usage: midas_reference.py OUT_STATE.pt OUT_CASE.pt
The state dictionary has the names of the published checkpoint; the case holds rgb [2,3,H,W] in 0..1, output and depth.
"""
import sys

import torch
from torch import nn

PLANES, GROUPS, FEATURES, HEAD, BLOCKS = 8, 4, 16, 8, (2, 1, 2, 1)


class Bottleneck(nn.Module):
    def __init__(self, inputs, planes, stride, first):
        super().__init__()
        width, outputs = planes * 4, planes * 4
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, groups=GROUPS, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        if first:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        shortcut = self.downsample(x) if hasattr(self, "downsample") else x
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(y)))
        return self.relu(self.bn3(self.conv3(y)) + shortcut)


class ResidualUnit(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(FEATURES, FEATURES, 3, padding=1)
        self.conv2 = nn.Conv2d(FEATURES, FEATURES, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        y = self.relu(x)  # in place: x is rectified from here on, and so is the skip
        y = self.relu(self.conv1(y))
        return self.conv2(y) + x


class Fusion(nn.Module):
    def __init__(self):
        super().__init__()
        self.resConfUnit1 = ResidualUnit()
        self.resConfUnit2 = ResidualUnit()

    def forward(self, x, skip=None):
        if skip is not None:
            x = x + self.resConfUnit1(skip)
        x = self.resConfUnit2(x)
        return nn.functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)


class Upsample(nn.Module):
    def forward(self, x):
        return nn.functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


def stage(index):
    inputs = PLANES if index == 0 else (PLANES << (index - 1)) * 4
    planes = PLANES << index
    first = Bottleneck(inputs, planes, 1 if index == 0 else 2, True)
    return nn.Sequential(first, *[Bottleneck(planes * 4, planes, 1, False) for _ in range(BLOCKS[index] - 1)])


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pretrained = nn.Module()
        self.pretrained.layer1 = nn.Sequential(
            nn.Conv2d(3, PLANES, 7, 2, 3, bias=False), nn.BatchNorm2d(PLANES), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1), stage(0))
        for k in (1, 2, 3):
            setattr(self.pretrained, f"layer{k + 1}", stage(k))
        self.scratch = nn.Module()
        for k in range(4):
            setattr(self.scratch, f"layer{k + 1}_rn", nn.Conv2d((PLANES << k) * 4, FEATURES, 3, padding=1, bias=False))
            setattr(self.scratch, f"refinenet{k + 1}", Fusion())
        self.scratch.output_conv = nn.Sequential(
            nn.Conv2d(FEATURES, FEATURES // 2, 3, padding=1), Upsample(), nn.Conv2d(FEATURES // 2, HEAD, 3, padding=1), nn.ReLU(),
            nn.Conv2d(HEAD, 1, 1), nn.ReLU())

    def forward(self, rgb):
        mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
        std = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
        x = (rgb - mean) / std
        levels = []
        for k in range(4):
            x = getattr(self.pretrained, f"layer{k + 1}")(x)
            levels.append(getattr(self.scratch, f"layer{k + 1}_rn")(x))
        path = self.scratch.refinenet4(levels[3])
        path = self.scratch.refinenet3(path, levels[2])
        path = self.scratch.refinenet2(path, levels[1])
        path = self.scratch.refinenet1(path, levels[0])
        return self.scratch.output_conv(path)


torch.manual_seed(7)
torch.set_num_threads(1)
net = Net()
for module in net.modules():  # statistics and affine parts away from 0 and 1, or they would not be tested
    if isinstance(module, nn.BatchNorm2d):
        module.weight.data.uniform_(0.5, 1.5)
        module.bias.data.uniform_(-0.5, 0.5)
        module.running_mean.uniform_(-0.5, 0.5)
        module.running_var.uniform_(0.5, 2)
net.scratch.output_conv[4].bias.data.fill_(1)
net.eval()
rgb = torch.rand(2, 3, 64, 96)
with torch.no_grad():
    output = net(rgb)
depth = 10000 / torch.clamp(output, min=0.01)
torch.save({"optimizer": {"lr": 1e-6}, "model": net.state_dict()}, sys.argv[1])
torch.save({"rgb": rgb, "output": output, "depth": depth}, sys.argv[2])
