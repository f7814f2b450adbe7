using Depth3D.Reconstruction.Loops.Looping;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Training;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.Loops;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Loops.Training;

/// <summary>The step on the processor, that of tensors and the renderer of films against each other.</summary>
public sealed class TensorStepTests : IDisposable
{
    private const int Frames = 11;

    private static readonly LoopView View = new(0, SyntheticLoops.Camera, SyntheticLoops.Beside);
    private static readonly PixelRectangle Part = new(5, 3, 30, 26);

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly MultiTileVideo _video = SyntheticLoops.Random(Frames, 8, 1.2, 2, 4);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void AllDrawTheSame()
    {
        var texels = new LoopTexels(_video);
        var plan = PatchPlan.Of(texels, View, Part);
        var packed = new PackedLoop(Frames, SyntheticLoops.Width, SyntheticLoops.Height);
        new LoopStep(texels, 2).Show(plan, packed);
        using var on = new TensorPlan(plan, SyntheticLoops.Width, ScalarType.Float64, CPU);
        using var step = new TensorStep(texels, new int[texels.StaticCount + texels.DynamicCount], CPU, ScalarType.Float64, 4);
        var shown = step.Show(plan, on).data<double>().ToArray();
        var renderer = new LoopRenderer(_video);
        for (var t = 0; t < Frames; t++)
        {
            var picture = renderer.Render(View, t);
            foreach (var p in plan.PixelNumbers)
            {
                var (x, y) = (p % SyntheticLoops.Width, p / SyntheticLoops.Width);
                for (var c = 0; c < 3; c++)
                {
                    var expected = picture.Rgba[x, y, c];
                    Assert.Equal(expected, shown[(((((t * 3) + c) * Part.Height) + y - Part.Top) * Part.Width) + x - Part.Left], 1e-5);
                    Assert.Equal(expected, packed.Samples[t][(4 * p) + c] / (double)PackedLoop.One, 0.6 / PackedLoop.One);
                }
            }
        }
    }

    [Fact]
    public void BothStepsMoveTheSameTexelsTheSameWay()
    {
        var (fast, slow) = (new LoopTexels(_video), new LoopTexels(_video));
        var plan = PatchPlan.Of(fast, View, Part);
        var (target, aim, reached) = Target();
        var settings = new StepSettings { Gain = 3.5, Exposure = 1.1, ColourVariation = 2, AlphaVariation = 3 };
        var step = new LoopStep(fast, 2);
        var updates = new int[slow.StaticCount + slow.DynamicCount];
        using var on = new TensorPlan(plan, SyntheticLoops.Width, ScalarType.Float64, CPU);
        using var tensors = new TensorStep(slow, updates, CPU, ScalarType.Float64, 4);
        for (var n = 0; n < 5; n++)
        {
            var (a, b) = (step.Run(plan, target, settings), tensors.Run(on, aim, reached, settings));
            Assert.Equal(b.Looping, a.Looping, 1e-4 * b.Looping);
            Assert.Equal(b.Variation, a.Variation, 1e-4 * b.Variation);
        }

        tensors.Pull(updates);
        Assert.Equal(step.Updates, updates);
        var (before, one, two) = (_video, fast.ToVideo(), slow.ToVideo());
        Assert.Equal(two.StaticTexels, one.StaticTexels, (x, y) => Math.Abs(x - y) < 2e-4);
        Assert.Equal(two.DynamicTexels, one.DynamicTexels, (x, y) => Math.Abs(x - y) < 2e-4);
        Assert.True(before.DynamicTexels.Zip(one.DynamicTexels, (x, y) => Math.Abs(x - y)).Max() > 0.02);
        Assert.True(before.StaticTexels.Zip(one.StaticTexels, (x, y) => Math.Abs(x - y)).Max() > 0.02);
    }

    /// <summary>Random colours, where patches of a part of the picture reach.</summary>
    private static (PackedFold Target, Tensor Aim, Tensor Reached) Target()
    {
        var (width, height) = (SyntheticLoops.Width, SyntheticLoops.Height);
        var random = new CounterRandom(9, 0, 0);
        var clip = new PackedClip(7, width, height);
        for (var t = 0; t < 7; t++)
            for (var p = 0; p < width * height; p++) clip.Pixels[t][p] = (uint)random.Below(1 << 24, (ulong)((t * width * height) + p));
        var patch = PatchSettings.Other;
        int rows = patch.Places(height), columns = patch.Places(width);
        short[][] keys = [.. Enumerable.Range(0, Frames).Select(i => Enumerable.Range(0, rows * columns).Select(p => p % columns < 4 ? (short)-1 : (short)((i + p) % 5)).ToArray())];
        var target = new PackedFold(patch, Frames, width, height);
        target.Run(keys, clip);
        var aim = new double[Frames * 3 * Part.Height * Part.Width];
        var reached = new double[Part.Height * Part.Width];
        for (var n = 0; n < aim.Length; n++)
        {
            var (x, y, c, t) = (Part.Left + (n % Part.Width), Part.Top + (n / Part.Width % Part.Height), n / reached.Length % 3, n / (3 * reached.Length));
            var p = (y * width) + x;
            aim[n] = target.Counts[p] == 0 ? 0 : target.Sums[t][(4 * p) + c] / (255.0 * target.Counts[p]);
            reached[n % reached.Length] = target.Counts[p] == 0 ? 0 : 1;
        }

        Assert.Contains(0, reached);
        return (target, tensor(aim, [Frames, 3, Part.Height, Part.Width]), tensor(reached, [Part.Height, Part.Width]));
    }
}
