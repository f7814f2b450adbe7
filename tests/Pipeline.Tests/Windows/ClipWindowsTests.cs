using Depth3D.Messages;
using Depth3D.Pipeline.Windows;

namespace Depth3D.Pipeline.Tests.Windows;

public sealed class ClipWindowsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(48)]
    [InlineData(300)]
    public void AClipThatFitsIsNotCut(int frames) => Assert.Null(ClipWindows.Of(frames, new FramesOptions()));

    [Fact]
    public void TwoThousandFramesBecomeEightEvenWindows()
    {
        var windows = ClipWindows.Of(2000, new FramesOptions())!;
        Assert.Equal(8, windows.Items.Count);
        Assert.All(windows.Items, w => Assert.Equal(278, w.Count));
    }

    [Fact]
    public void WhateverTheLengthEveryFrameLiesInOneOrTwoWindowsThatOverlapEnough()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 2000; trial++)
        {
            var window = random.Next(ClipWindows.LeastWindowFrames, 400);
            var options = new FramesOptions { WindowFrames = window, WindowOverlap = random.Next(2, (window / 3) + 1) };
            var frames = window + 1 + random.Next(6000);
            var all = ClipWindows.Of(frames, options)!;
            Assert.Equal((0, frames), (all.Items[0].First, all.Items[^1].End));
            Assert.All(all.Items, w => Assert.InRange(w.Count, 1, window));
            for (var s = 0; s + 1 < all.Items.Count; s++)
            {
                Assert.Equal(s, all.Items[s].Index);
                Assert.True(all.Overlap(s).Count >= options.WindowOverlap, $"{frames} frames, {options}: {all.Overlap(s)}");
            }

            for (var f = 0; f < frames; f += 1 + (frames / 97)) Assert.InRange(all.Items.Count(w => w.Contains(f)), 1, 2);
        }
    }

    [Fact]
    public void WeightGoesOverEvenlyFromWindowToWindow()
    {
        var windows = ClipWindows.Of(50, new FramesOptions { WindowFrames = 30, WindowOverlap = 9 })!;
        var overlap = windows.Overlap(0);
        var weights = Enumerable.Range(0, 50).Select(f => windows.At(f) is var (first, second, w) && second is null ? first.Index : w).ToArray();
        Assert.Equal(0, weights[overlap.First - 1]);
        Assert.Equal(1, weights[overlap.End]);
        for (var f = overlap.First; f <= overlap.End; f++) Assert.Equal(1.0 / (overlap.Count + 1), weights[f] - weights[f - 1], 9);
        Assert.Equal(0, windows.Owner(overlap.First).Index);
        Assert.Equal(1, windows.Owner(overlap.End - 1).Index);
    }

    [Theory]
    [InlineData(15, 4)]
    [InlineData(300, 1)]
    [InlineData(300, 101)]
    public void WindowsThatCannotWorkAreRefused(int window, int overlap)
    {
        var error = Assert.Throws<Depth3DException>(() => ClipWindows.Of(10, new FramesOptions { WindowFrames = window, WindowOverlap = overlap }));
        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.StartsWith("--window", error.Where, StringComparison.Ordinal);
    }
}
