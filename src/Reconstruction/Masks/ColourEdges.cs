using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// Moves the boundary of a mask to where the colours change. Flow smears an object's motion over what it passes, most of all over bare
/// surfaces, so the cut by motion is too wide. In a band along the boundary each pixel is drawn to the object or to its surroundings by their
/// colours, the more weakly the deeper it lies inside, and the cheapest cut along the picture's edges decides. Colours that neither side shows
/// stay where motion put them.
/// </summary>
internal static class ColourEdges
{
    /// <summary>How far the band reaches in and out of the mask, shares of the width: the smear of flow, and its rounding.</summary>
    private const double InnerShare = 0.02, OuterShare = 0.006;

    /// <summary>Surroundings whose colours are looked at, a share of the width.</summary>
    private const double MarginShare = 0.05;

    /// <summary>What motion says, where colours say at most 1: just inside the mask, added at the band's inner end, and outside the mask.</summary>
    private const float Inside = 0.2f, Deep = 0.8f, Outside = 0.4f;

    /// <summary>Gain of what is not for colours to decide.</summary>
    private const float Certain = 4;

    /// <summary>Natural logarithm of the ratio of likelihoods at which colours are sure.</summary>
    private const float SureLog = 2;

    /// <summary>Cost of a pixel's length of boundary in an even colour, and the least at an edge.</summary>
    private const float BoundaryCost = 1, LeastCost = 0.1f;

    private const int Iterations = 150;

    /// <summary>Fewer pixels than this have no colours to speak of.</summary>
    private const int MinPixels = 20;

    /// <param name="mask">Not zero = object, of the picture's size.</param>
    /// <returns>255 = object.</returns>
    public static Raster<byte> Snap(Raster<byte> mask, Raster<byte> rgb)
    {
        var depth = Filters.DistanceTransform(mask);
        var possible = Filters.ConnectedComponents(Filters.Dilate(mask, Math.Max(1, (int)(OuterShare * mask.Width))));
        var result = new Raster<byte>(mask.Width, mask.Height);
        foreach (var region in possible.Regions) new Patch(region, possible.Labels, depth, rgb).Snap(result);
        return Filters.MedianBlur(result, 3);
    }

    /// <summary>One object with its surroundings.</summary>
    private sealed class Patch
    {
        private readonly Raster<int> _labels;
        private readonly Raster<float> _depth;
        private readonly Raster<byte> _rgb;
        private readonly int _label, _left, _top, _width, _height;
        private readonly float _inner;

        public Patch(Component region, Raster<int> labels, Raster<float> depth, Raster<byte> rgb)
        {
            var margin = (int)(MarginShare * rgb.Width);
            _left = Math.Max(0, region.X - margin);
            _top = Math.Max(0, region.Y - margin);
            _width = Math.Min(rgb.Width, region.X + region.Width + margin) - _left;
            _height = Math.Min(rgb.Height, region.Y + region.Height + margin) - _top;
            _inner = (float)Math.Max(2, InnerShare * rgb.Width);
            (_label, _labels, _depth, _rgb) = (region.Label, labels, depth, rgb);
        }

        public void Snap(Raster<byte> result)
        {
            var (right, down) = Boundaries();
            var cut = TotalVariationCut.Solve(Gains(), right, down, Iterations);
            for (var y = 0; y < _height; y++)
            {
                for (var x = 0; x < _width; x++)
                    if (IsOwn(x, y) && cut[x, y] > 0.5f) result[_left + x, _top + y] = 255;
            }
        }

        private Raster<float> Gains()
        {
            var (own, other) = Models();
            var gain = new Raster<float>(_width, _height);
            for (var y = 0; y < _height; y++)
            {
                for (var x = 0; x < _width; x++)
                {
                    var d = _depth[_left + x, _top + y];
                    var likelihood = MathF.Log(own.Density(Pixel(x, y)) / other.Density(Pixel(x, y))) / SureLog;
                    gain[x, y] = !IsOwn(x, y) ? -Certain
                        : d >= _inner ? Certain
                        : Math.Clamp(likelihood, -1, 1) + (d > 0 ? Inside + (Deep * d / _inner) : -Outside);
                }
            }

            return gain;
        }

        /// <summary>Colours of the object, of its core where it has one, and of what lies around it and in no mask.</summary>
        private (ColourModel Own, ColourModel Other) Models()
        {
            ColourModel core = new(), whole = new(), other = new();
            for (var y = 0; y < _height; y++)
            {
                for (var x = 0; x < _width; x++)
                {
                    if (_labels[_left + x, _top + y] == 0) other.Add(Pixel(x, y));
                    if (!IsOwn(x, y) || !(_depth[_left + x, _top + y] > 0)) continue;
                    whole.Add(Pixel(x, y));
                    if (_depth[_left + x, _top + y] >= _inner) core.Add(Pixel(x, y));
                }
            }

            var own = core.Count < MinPixels ? whole : core;
            own.Smooth();
            other.Smooth();
            return (own, other);
        }

        /// <summary>A boundary costs less where colours differ by more than they usually do here.</summary>
        private (Raster<float> Right, Raster<float> Down) Boundaries()
        {
            Raster<float> right = new(_width, _height), down = new(_width, _height);
            double sum = 0;
            for (var y = 0; y < _height; y++)
            {
                for (var x = 0; x < _width; x++)
                {
                    right[x, y] = Difference(x, y, Math.Min(x + 1, _width - 1), y);
                    down[x, y] = Difference(x, y, x, Math.Min(y + 1, _height - 1));
                    sum += right[x, y];
                }
            }

            var usual = (float)Math.Max(1, 2 * sum / right.PixelCount);
            foreach (var costs in (Raster<float>[])[right, down])
            {
                for (var i = 0; i < costs.Samples.Length; i++)
                    costs.Samples[i] = LeastCost + (BoundaryCost * MathF.Exp(-costs.Samples[i] / usual));
            }

            return (right, down);
        }

        private bool IsOwn(int x, int y) => _labels[_left + x, _top + y] == _label;

        private ReadOnlySpan<byte> Pixel(int x, int y) => _rgb.Samples.AsSpan((((_top + y) * _rgb.Width) + _left + x) * 3, 3);

        private float Difference(int x, int y, int x2, int y2)
        {
            ReadOnlySpan<byte> a = Pixel(x, y), b = Pixel(x2, y2);
            int red = a[0] - b[0], green = a[1] - b[1], blue = a[2] - b[2];
            return (red * red) + (green * green) + (blue * blue);
        }
    }
}
