using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Priors;

/// <summary>Gives every moving region of a clip one depth per frame, smooth over time, and writes it into the depth maps.</summary>
public sealed class MovingLayer
{
    /// <summary>Share of the picture from which a region's area counts as a size.</summary>
    private const double SizeShare = 0.005;

    private readonly MovingRegionTracks _tracks = new();
    private readonly List<(MovingRegion Region, double LogDepth)> _seen = [];
    private int _minArea;
    private Dictionary<(int Frame, int Label), float>? _depths;

    /// <summary>Adds the next frame. Frames come in order, all before the first <see cref="Paint"/>.</summary>
    /// <param name="mask">Not zero = moving.</param>
    /// <param name="flowFromPrevious">Any size; null for the first frame.</param>
    /// <param name="observe">Log-depth of a region from its frame alone, given the label picture.</param>
    public void Add(int frame, Raster<byte> mask, Raster<float>? flowFromPrevious, Func<MovingRegion, Raster<int>, double> observe)
    {
        _minArea = (int)(SizeShare * mask.PixelCount);
        var (regions, labels) = _tracks.Add(frame, mask, flowFromPrevious);
        foreach (var region in regions) _seen.Add((region, observe(region, labels)));
        _depths = null;
    }

    /// <summary>Writes the depths of the moving regions of <paramref name="frame"/> into <paramref name="depth"/>.</summary>
    /// <param name="mask">The mask that was added for the frame.</param>
    public void Paint(int frame, Raster<byte> mask, Raster<float> depth)
    {
        _depths ??= Smooth();
        var labels = Filters.ConnectedComponents(mask).Labels;
        for (var p = 0; p < labels.Samples.Length; p++)
            if (labels.Samples[p] != 0) depth.Samples[p] = _depths[(frame, labels.Samples[p])];
    }

    private Dictionary<(int, int), float> Smooth()
    {
        var depths = new Dictionary<(int, int), float>();
        foreach (var track in _seen.GroupBy(s => s.Region.TrackIndex))
        {
            var members = track.ToArray();
            var logs = MovingPlacement.Smooth(members, _minArea);
            for (var k = 0; k < members.Length; k++)
                depths[(members[k].Region.FrameIndex, members[k].Region.Label)] = (float)Math.Exp(logs[k]);
        }

        return depths;
    }
}
