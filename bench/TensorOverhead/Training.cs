using Depth3D.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.TensorOverhead;

/// <summary>One network with its optimiser and its data, stepped from C#.</summary>
internal sealed class Training : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _net;
    private readonly optim.Optimizer _adam;
    private readonly Tensor _x;
    private readonly Tensor _y;

    /// <param name="kind">0 = U-Net, 1 = U-Net in channels-last order, 2 = MLP.</param>
    internal Training(int kind)
    {
        if (kind == 2)
        {
            _net = nn.Sequential(nn.Linear(63, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 3));
            (_x, _y) = (rand([21504, 63]), rand([21504, 3]));
        }
        else
        {
            _net = new UNet();
            (_x, _y) = (rand([2, 3, 112, 192]), rand([2, 1, 112, 192]));
            if (kind == 1)
            {
                _net.ToChannelsLast();
                using var plain = _x;
                _x = plain.ChannelsLast();
            }
        }

        _adam = optim.Adam(_net.parameters(), lr: 1e-4);
    }

    internal long Parameters => _net.parameters().Sum(p => p.numel());

    internal double Step()
    {
        using var scope = NewDisposeScope();
        _adam.zero_grad();
        var loss = nn.functional.l1_loss(_net.forward(_x), _y);
        loss.backward();
        _adam.step();
        return loss.item<double>();
    }

    public void Dispose()
    {
        _adam.Dispose();
        _net.Dispose();
        _x.Dispose();
        _y.Dispose();
    }
}
