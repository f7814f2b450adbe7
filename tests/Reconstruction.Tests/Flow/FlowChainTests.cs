using Depth3D.Imaging;
using Depth3D.Reconstruction.Flow;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Flow;

public class FlowChainTests
{
    private const int Width = 192, Height = 112;

    [Fact]
    public void At_gap_8_chained_flow_is_within_0_4_pixels_of_the_truth_on_static_pixels()
    {
        var scene = TruthScene.Courtyard(24);
        var pictures = Enumerable.Range(0, 10).Select(i => Colour.ToGray(TruthRenderer.Render(scene, i, 640, 360).Rgb)).ToArray();
        FlowPair? measured = null;
        using var dis = new ThreadLocal<DisFlow>(() => new DisFlow(DisPreset.Medium));
        new FlowChain(new FlowChainSettings([1, 8], Width, Height), (a, b, start) => dis.Value!.Compute(a, b, start))
            .Run(0, 1, 10, i => pictures[i], pair => measured = pair.Gap == 8 ? pair : measured);

        var truth = TruthFlow.Between(scene, 0, 8, Width, Height);
        var moving = TruthRenderer.Render(scene, 0, Width, Height).MovingMask;
        double error = 0;
        int valid = 0, visible = 0;
        for (var i = 0; i < truth.Visible.Samples.Length; i++)
        {
            if (moving.Samples[i] != 0 || truth.Visible.Samples[i] == 0) continue;
            visible++;
            if (measured!.ForwardValid.Samples[i] == 0) continue;
            valid++;
            var du = measured.Forward.Samples[2 * i] - truth.Flow.Samples[2 * i];
            var dv = measured.Forward.Samples[(2 * i) + 1] - truth.Flow.Samples[(2 * i) + 1];
            error += Math.Sqrt((du * du) + (dv * dv));
        }

        Assert.True(error / valid < 0.4, $"mean error {error / valid:0.000} px");
        Assert.True(valid >= 0.8 * visible, $"{valid} of {visible} visible static pixels are valid");
    }

    [Fact]
    public void The_result_does_not_depend_on_how_the_clip_is_cut()
    {
        var scene = TruthScene.Courtyard(14);
        var pictures = Enumerable.Range(0, 14).Select(i => Colour.ToGray(TruthRenderer.Render(scene, i, 128, 72).Rgb)).ToArray();
        var whole = Run(pictures, [(0, 13)]);
        var cut = Run(pictures, [(8, 5), (0, 3), (3, 5)]);
        Assert.Equal(13 + 12 + 10 + 8 + 6, whole.Count);
        Assert.Equal(whole.Keys.Order(), cut.Keys.Order());
        foreach (var (key, pair) in whole)
        {
            Assert.Equal(pair.Forward.Samples, cut[key].Forward.Samples);
            Assert.Equal(pair.Backward.Samples, cut[key].Backward.Samples);
            Assert.Equal(pair.ForwardValid.Samples, cut[key].ForwardValid.Samples);
        }
    }

    [Fact]
    public void Cancelling_ends_the_chain()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new FlowChain(new FlowChainSettings([1], 8, 8), (_, _, _) => throw new InvalidOperationException())
            .Run(0, 1, 2, _ => new Raster<byte>(16, 16), _ => { }, cancelled.Token));
    }

    private static Dictionary<(int, int), FlowPair> Run(Raster<byte>[] pictures, (int First, int Count)[] ranges)
    {
        var pairs = new Dictionary<(int, int), FlowPair>();
        using var dis = new ThreadLocal<DisFlow>(() => new DisFlow(DisPreset.Medium));
        var chain = new FlowChain(new FlowChainSettings([1, 2, 4, 6, 8], 64, 48), (a, b, start) => dis.Value!.Compute(a, b, start));
        foreach (var (first, count) in ranges)
            chain.Run(first, count, pictures.Length, i => pictures[i], pair => pairs.Add((pair.Frame1, pair.Frame2), pair));
        return pairs;
    }
}
