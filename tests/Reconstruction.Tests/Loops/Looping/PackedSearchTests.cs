using Depth3D.Reconstruction.Loops.Looping;
using Depth3D.Reconstruction.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Loops.Looping;

/// <summary>The search on the processor against the tensors' form, on 8-bit pictures, where both are exact.</summary>
public sealed class PackedSearchTests : IDisposable
{
    private const int Width = 83, Height = 50;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(11, 4, 3, 1e-3)]
    [InlineData(3, 2, 3, double.PositiveInfinity)]
    [InlineData(3, 2, 3, 1e-3)]
    [InlineData(17, 6, 3, double.PositiveInfinity)]
    [InlineData(5, 2, 7, double.PositiveInfinity)]
    [InlineData(8, 4, 1, 1e-2)]
    public void TakesTheSameKeysAndFoldsTheSame(int size, int stride, int frames, double alpha)
    {
        var patch = new PatchSettings { Size = size, Stride = stride, Frames = frames, Alpha = alpha };
        var (loop, clip, output, input) = Clips(9, 21);
        var everywhere = Enumerable.Repeat(true, Width * Height).ToArray();
        var search = new PackedSearch(patch, loop.Frames, clip.Frames, Width, Height);
        var found = search.Run(loop, clip, everywhere, threads: 2);
        var distances = FrameDistances.Of(output, input, patch);
        var expected = PatchSearch.Nearest(distances, alpha);
        Assert.Equal([9, search.Rows, search.Columns], expected.shape);
        Assert.Equal(expected.data<long>().ToArray(), found.SelectMany(f => f.Select(k => (long)k)));
        var fold = new PackedFold(patch, 9, Width, Height);
        fold.Run(found, clip, 2);
        var whole = RetargetedClip.Fold(expected, input, 9, patch);
        Assert.Equal(whole.Count.select(0, 0).reshape(-1).data<double>().ToArray(), fold.Counts.Select(c => (double)c));
        for (var t = 0; t < 9; t++)
        {
            var sums = whole.Sum.select(0, t).mul(255).round().permute(1, 2, 0).contiguous().data<double>().ToArray();
            Assert.Equal(sums, fold.Sums[t].Where((_, n) => n % 4 < 3).Select(s => (double)s));
        }
    }

    [Fact]
    public void WhatDoesNotCountIsEqualAndNotSearched()
    {
        var patch = PatchSettings.SingleCamera;
        var (loop, clip, output, input) = Clips(5, 13);
        var counts = Enumerable.Range(0, Width * Height).Select(p => p % Width is > 20 and < 40).ToArray();
        var found = new PackedSearch(patch, loop.Frames, clip.Frames, Width, Height).Run(loop, clip, counts);
        var mask = tensor([.. counts.Select(c => c ? 1.0 : 0)], [1, 1, Height, Width], ScalarType.Float64);
        var expected = PatchSearch.Nearest(FrameDistances.Of(output.mul(mask), input.mul(mask), patch), patch.Alpha).data<long>().ToArray();
        var taken = found.SelectMany(f => f).ToArray();
        Assert.Contains((short)-1, taken);
        Assert.All(expected.Zip(taken), pair => Assert.True(pair.Second < 0 || pair.First == pair.Second));
        Assert.Equal(7, found[0].Take(19).Count(k => k >= 0));
    }

    [Fact]
    public void KeysThatMayNotBeTakenAreNot()
    {
        var patch = PatchSettings.Other;
        var (loop, clip, output, input) = Clips(4, 9);
        var search = new PackedSearch(patch, loop.Frames, clip.Frames, Width, Height);
        var places = search.Rows * search.Columns;
        bool[][] usable = [.. Enumerable.Range(0, 7).Select(j => Enumerable.Range(0, places).Select(p => p != 5 && (j + p) % 3 != 0).ToArray())];
        var free = search.Run(loop, clip, Enumerable.Repeat(true, Width * Height).ToArray());
        var found = search.Run(loop, clip, Enumerable.Repeat(true, Width * Height).ToArray(), usable);
        var flags = tensor([.. usable.SelectMany(u => u)], [7, search.Rows, search.Columns]);
        var expected = PatchSearch.Nearest(FrameDistances.Of(output, input, patch), patch.Alpha, flags).data<long>().ToArray();
        Assert.Equal(expected, found.SelectMany(f => f.Select(k => (long)k)));
        Assert.All(found.Index(), f => Assert.All(f.Item.Index().Where(k => k.Index != 5), k => Assert.True(usable[k.Item][k.Index])));
        Assert.Equal(free.Select(f => f[5]), found.Select(f => f[5]));
    }

    private static (PackedLoop Loop, PackedClip Clip, Tensor Output, Tensor Input) Clips(int loopFrames, int clipFrames)
    {
        var random = new CounterRandom(3, 0, 0);
        var (loop, clip) = (new PackedLoop(loopFrames, Width, Height), new PackedClip(clipFrames, Width, Height));
        var (output, input) = (new double[loopFrames * 3 * Width * Height], new double[clipFrames * 3 * Width * Height]);
        for (var n = 0; n < output.Length; n++)
        {
            var (t, c, p, value) = (n / (3 * Width * Height), n / (Width * Height) % 3, n % (Width * Height), random.Below(256, (ulong)n));
            (loop.Samples[t][(4 * p) + c], output[n]) = ((short)(value * PackedLoop.Scale), value / 255.0);
        }

        for (var n = 0; n < input.Length; n++)
        {
            var (t, c, p, value) = (n / (3 * Width * Height), n / (Width * Height) % 3, n % (Width * Height), random.Below(256, (ulong)(n + output.Length)));
            clip.Pixels[t][p] |= (uint)value << (8 * c);
            input[n] = value / 255.0;
        }

        return (loop, clip, tensor(output, [loopFrames, 3, Height, Width], ScalarType.Float64), tensor(input, [clipFrames, 3, Height, Width], ScalarType.Float64));
    }
}
