using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Depth3D.TensorOverhead;

/// <summary>Five levels of two 3x3 convolutions, about two million parameters; the same network as in bench/native/steps.cpp.</summary>
internal sealed class UNet : nn.Module<Tensor, Tensor>
{
    private static readonly long[] Channels = [20, 40, 80, 160, 160];
    private readonly ModuleList<Block> down = [];
    private readonly ModuleList<Block> up = [];
    private readonly Conv2d head = nn.Conv2d(Channels[0], 1, 1);

    internal UNet() : base(nameof(UNet))
    {
        for (var i = 0; i < Channels.Length; ++i) down.Add(new Block(i > 0 ? Channels[i - 1] : 3, Channels[i]));
        for (var i = Channels.Length - 2; i >= 0; --i) up.Add(new Block(Channels[i + 1] + Channels[i], Channels[i]));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var skips = new List<Tensor>();
        var x = input;
        for (var i = 0; i < down.Count; ++i)
        {
            if (i > 0) x = nn.functional.avg_pool2d(x, 2);
            x = down[i].forward(x);
            skips.Add(x);
        }

        for (var i = 0; i < up.Count; ++i)
        {
            var skip = skips[^(2 + i)];
            x = nn.functional.interpolate(x, size: [skip.size(2), skip.size(3)], mode: InterpolationMode.Bilinear, align_corners: false);
            x = up[i].forward(cat([x, skip], 1));
        }

        return head.forward(x).MoveToOuterDisposeScope();
    }

    internal sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d a;
        private readonly Conv2d b;

        internal Block(long inputs, long outputs) : base(nameof(Block))
        {
            a = nn.Conv2d(inputs, outputs, 3, padding: 1);
            b = nn.Conv2d(outputs, outputs, 3, padding: 1);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope(); // frees the values before each relu now, as C++ would
            return b.forward(a.forward(input).relu()).relu().MoveToOuterDisposeScope();
        }
    }
}
