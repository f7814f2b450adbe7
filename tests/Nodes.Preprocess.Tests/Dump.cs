using Depth3D.Imaging;
using Depth3D.Nodes.Preprocess.Frames;
using Xunit.Abstractions;
namespace Depth3D.Nodes.Preprocess.Tests;
public class Dump(ITestOutputHelper o)
{
    [Theory]
    [InlineData("/work/shared/data/clips/car-shadow/car-shadow.mp4",1)]
    [InlineData("/work/shared/data/clips/car-shadow/car-shadow.mp4",4)]
    [InlineData("/work/shared/data/clips/balloon1/images",1)]
    [InlineData("/work/shared/data/clips/balloon1/images",3)]
    [InlineData("/work/shared/data/clips/loops/fountain-passerby.mp4",1)]
    [InlineData("/work/shared/data/clips/loops/fountain.avi",1)]
    [InlineData("/work/shared/data/clips/loops/flag.avi",1)]
    [InlineData("/tmp/imaging/cuts.mp4",1)]
    public void D(string p, int stride)
    {
        using var s = ClipSource.Open(p, 24);
        using var dis = new DisFlow(DisPreset.Fast);
        FrameLook? prev = null; int i = 0;
        o.WriteLine($"{p} {stride} {s.Width}x{s.Height} {s.FramesPerSecond}");
        while (s.TryNext(i % stride == 0, out var f, out var t))
        {
            if (f is not null) { var l = FrameLook.Of(f); if (prev is not null && i < 130) { var c = FrameChange.Measure(prev, l, dis); o.WriteLine($"{i} {c.HistogramDistance:0.000} {c.Correlation:0.000} {c.ConsistentShare:0.000} {c.MedianMotionPixels:0.00}"); } prev = l; }
            i++;
        }
    }
}
