using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Priors;

/// <summary>Follows the connected regions of masks from frame to frame along the flow.</summary>
public sealed class MovingRegionTracks
{
    /// <summary>Share of a region's pixels that must land in its successor.</summary>
    private const double MinOverlap = 0.3;

    private int _tracks;
    private Raster<int>? _previousLabels;
    private MovingRegion[] _previous = [];

    /// <summary>Number of tracks so far.</summary>
    public int Count => _tracks;

    /// <summary>Regions of the next frame. Frames come in order.</summary>
    /// <param name="mask">Not zero = moving.</param>
    /// <param name="flowFromPrevious">Flow from the previous frame to this one, any size; null for the first frame.</param>
    public (IReadOnlyList<MovingRegion> Regions, Raster<int> Labels) Add(int frame, Raster<byte> mask, Raster<float>? flowFromPrevious)
    {
        var components = Filters.ConnectedComponents(mask);
        var parents = Parents(components, flowFromPrevious);
        var regions = new MovingRegion[components.Regions.Count];
        for (var r = 0; r < regions.Length; r++)
        {
            var c = components.Regions[r];
            var truncated = c.X <= 1 || c.Y <= 1 || c.X + c.Width >= mask.Width - 1 || c.Y + c.Height >= mask.Height - 1;
            regions[r] = new MovingRegion(frame, parents[r] ?? _tracks++, c, c.Label, truncated);
        }

        (_previous, _previousLabels) = (regions, components.Labels);
        return (regions, components.Labels);
    }

    /// <summary>For each region the track of the earlier region that most of its pixels come from; a track goes on in one region only.</summary>
    private int?[] Parents(Components components, Raster<float>? flow)
    {
        var parents = new int?[components.Regions.Count];
        if (flow is null || _previousLabels is null || _previous.Length == 0 || parents.Length == 0) return parents;
        var votes = new int[_previous.Length, parents.Length];
        int w = _previousLabels.Width, h = _previousLabels.Height;
        float sx = (float)flow.Width / w, sy = (float)flow.Height / h;
        for (var y = 0; y < h; y += 2)
        {
            for (var x = 0; x < w; x += 2)
            {
                var label = _previousLabels[x, y];
                if (label == 0) continue;
                int fx = Math.Min(flow.Width - 1, (int)(x * sx)), fy = Math.Min(flow.Height - 1, (int)(y * sy));
                int x2 = (int)MathF.Round(x + (flow[fx, fy, 0] / sx)), y2 = (int)MathF.Round(y + (flow[fx, fy, 1] / sy));
                if ((uint)x2 >= (uint)w || (uint)y2 >= (uint)h) continue;
                var next = components.Labels[x2, y2];
                if (next != 0) votes[label - 1, next - 1]++;
            }
        }

        for (var p = 0; p < _previous.Length; p++)
        {
            var best = 0;
            for (var r = 1; r < parents.Length; r++) if (votes[p, r] > votes[p, best]) best = r;
            if (votes[p, best] * 4 < MinOverlap * Math.Min(_previous[p].Component.Area, components.Regions[best].Area)) continue;
            if (parents[best] is null || Votes(votes, parents[best], best) < votes[p, best]) parents[best] = _previous[p].TrackIndex;
        }

        return parents;
    }

    private int Votes(int[,] votes, int? track, int region)
    {
        for (var p = 0; p < _previous.Length; p++) if (_previous[p].TrackIndex == track) return votes[p, region];
        return 0;
    }
}
