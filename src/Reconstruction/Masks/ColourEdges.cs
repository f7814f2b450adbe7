using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// Moves the boundary of a mask to where the colours change. Flow smears an object's motion over what it passes, most of all over bare
/// surfaces, so the cut by motion is too wide; inside a band around it GrabCut decides by the colours of the object and of what is near it.
/// </summary>
internal static class ColourEdges
{
    /// <summary>How far the band reaches in and out of the mask, shares of the width: the smear of flow, and its rounding.</summary>
    private const double InnerShare = 0.018, OuterShare = 0.006;

    /// <summary>Background around an object whose colours are looked at, a share of the width.</summary>
    private const double MarginShare = 0.04;

    private const int Rounds = 3;

    /// <summary>Fewer pixels than this have no colours to speak of.</summary>
    private const int MinPixels = 20;

    /// <param name="mask">Not zero = object, of the picture's size.</param>
    /// <returns>255 = object.</returns>
    public static Raster<byte> Snap(Raster<byte> mask, Raster<byte> rgb)
    {
        var certain = Filters.Erode(mask, Math.Max(1, (int)(InnerShare * mask.Width)));
        var possible = Filters.ConnectedComponents(Filters.Dilate(mask, Math.Max(1, (int)(OuterShare * mask.Width))));
        var result = new Raster<byte>(mask.Width, mask.Height);
        foreach (var region in possible.Regions) new Crop(region, possible.Labels, mask.Width, mask.Height).Snap(rgb, mask, certain, result);
        return Filters.MedianBlur(result, 5);
    }

    /// <summary>One object with a margin.</summary>
    private readonly struct Crop
    {
        private readonly int _left, _top, _width, _height, _label;
        private readonly Raster<int> _labels;

        public Crop(Component region, Raster<int> labels, int width, int height)
        {
            var margin = (int)(MarginShare * width);
            _left = Math.Max(0, region.X - margin);
            _top = Math.Max(0, region.Y - margin);
            _width = Math.Min(width, region.X + region.Width + margin) - _left;
            _height = Math.Min(height, region.Y + region.Height + margin) - _top;
            (_label, _labels) = (region.Label, labels);
        }

        public void Snap(Raster<byte> rgb, Raster<byte> mask, Raster<byte> certain, Raster<byte> result)
        {
            var labels = Labels(mask, certain);
            var inside = labels.Samples.Count(GrabCutLabel.IsForeground);
            if (inside >= MinPixels && labels.PixelCount - inside >= MinPixels) labels = Filters.GrabCut(Cut(rgb), labels, Rounds);
            for (var y = 0; y < _height; y++)
            {
                for (var x = 0; x < _width; x++)
                    if (_labels[_left + x, _top + y] == _label && GrabCutLabel.IsForeground(labels[x, y])) result[_left + x, _top + y] = 255;
            }
        }

        private Raster<byte> Labels(Raster<byte> mask, Raster<byte> certain)
        {
            var labels = new Raster<byte>(_width, _height);
            for (var y = 0; y < _height; y++)
            {
                for (var x = 0; x < _width; x++)
                {
                    int u = _left + x, v = _top + y;
                    labels[x, y] = _labels[u, v] != _label ? GrabCutLabel.Background
                        : certain[u, v] != 0 ? GrabCutLabel.Foreground
                        : mask[u, v] != 0 ? GrabCutLabel.ProbablyForeground : GrabCutLabel.ProbablyBackground;
                }
            }

            return labels;
        }

        private Raster<byte> Cut(Raster<byte> rgb)
        {
            var cut = new Raster<byte>(_width, _height, 3);
            for (var y = 0; y < _height; y++) rgb.Row(_top + y).Slice(3 * _left, 3 * _width).CopyTo(cut.Row(y));
            return cut;
        }
    }
}
