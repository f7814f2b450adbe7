using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Focus;

/// <summary>
/// Blurs a scene in layers of equal blur, from the nearest to the farthest. Each layer adds what it covers of a pixel until the pixel is full:
/// nearer things blur over farther ones, a sharp edge stays sharp before a blurred background, and a slanted surface closes without gaps because its
/// layers' parts add up to one.
/// </summary>
internal sealed class LayeredBlur
{
    private const float Full = 0.9995f, Nothing = 1e-4f;

    private readonly int _width, _height;
    private readonly BlurLevels _levels;
    private readonly BokehShape _shape;
    private readonly float[] _shownLevel, _hiddenLevel;
    private readonly BlurScene _scene;
    private readonly Vector4[] _sum;
    private readonly Vector4[][] _running;
    private readonly (int From, int To)[] _extent;

    private LayeredBlur(BlurScene scene, int width, int height, double maxRadius, BokehShape shape)
    {
        (_scene, _width, _height, _shape) = (scene, width, height, shape);
        _levels = new BlurLevels(maxRadius);
        _shownLevel = [.. scene.ShownRadius.Select(_levels.Of)];
        _hiddenLevel = [.. scene.HiddenRadius.Select(_levels.Of)];
        _sum = new Vector4[width * height];
        _running = new Vector4[height][];
        _extent = new (int, int)[height];
    }

    public static void Render(BlurScene scene, Raster<byte> rgb, double maxRadius, BokehShape shape, Raster<byte> into)
    {
        var blur = new LayeredBlur(scene, rgb.Width, rgb.Height, maxRadius, shape);
        var (least, most) = blur.Range();
        for (var level = least; level <= most; level++) blur.Add(level);
        blur.Store(rgb, into);
    }

    private (int Least, int Most) Range()
    {
        float least = _shownLevel.Min(), most = _shownLevel.Max();
        for (var i = 0; i < _hiddenLevel.Length; i++)
            if (_scene.Hidden[i].W > 0) most = Math.Max(most, _hiddenLevel[i]);
        return ((int)MathF.Floor(least), (int)MathF.Ceiling(most));
    }

    private void Add(int level)
    {
        var kernel = BokehKernel.Make(_levels.Radius(level), _shape);
        if (kernel is null)
        {
            Parallel.For(0, _height, y => AddSharp(level, y));
            return;
        }

        Parallel.For(0, _height, y => Accumulate(level, y));
        Parallel.For(0, _height, y => AddBlurred(kernel, y));
    }

    private void AddSharp(int level, int y)
    {
        for (var i = y * _width; i < (y + 1) * _width; i++) Cover(ref _sum[i], Content(level, i));
    }

    /// <summary>What of a pixel belongs to a layer: all at its level, falling to nothing at the next ones.</summary>
    private Vector4 Content(int level, int i)
    {
        var content = Vector4.Zero;
        var part = 1 - MathF.Abs(_shownLevel[i] - level);
        if (part > 0) content = _scene.Shown[i] * part;
        part = 1 - MathF.Abs(_hiddenLevel[i] - level);
        if (part > 0) content += _scene.Hidden[i] * part;
        return content;
    }

    /// <summary>Running sums of a row: element x is the sum of all pixels before x.</summary>
    private void Accumulate(int level, int y)
    {
        var row = _running[y] ??= new Vector4[_width + 1];
        int from = _width, to = -1;
        var sum = Vector4.Zero;
        for (var x = 0; x < _width; x++)
        {
            row[x] = sum;
            var content = Content(level, (y * _width) + x);
            if (content.W <= 0) continue;
            from = Math.Min(from, x);
            to = x;
            sum += content;
        }

        row[_width] = sum;
        _extent[y] = (from, to);
    }

    private void AddBlurred(BokehKernel kernel, int y)
    {
        var (from, to) = (_width, -1);
        foreach (var span in kernel.Spans)
        {
            if ((uint)(y + span.Dy) >= (uint)_height) continue;
            var extent = _extent[y + span.Dy];
            if (extent.To < 0) continue;
            from = Math.Min(from, Math.Max(0, extent.From - kernel.Reach));
            to = Math.Max(to, Math.Min(_width - 1, extent.To + kernel.Reach));
        }

        if (to < from) return;
        var blurred = new Vector4[to - from + 1];
        foreach (var span in kernel.Spans)
        {
            if ((uint)(y + span.Dy) < (uint)_height && _extent[y + span.Dy].To >= 0) AddSpan(span, _running[y + span.Dy], from, blurred);
        }

        for (var x = from; x <= to; x++) Cover(ref _sum[(y * _width) + x], blurred[x - from]);
    }

    /// <summary>Sums of pixels from x - h to x + h, with fractional ends: pixel i reaches from i - 0.5 to i + 0.5.</summary>
    private static void AddSpan(BokehKernel.Span span, Vector4[] running, int from, Vector4[] blurred)
    {
        var reach = 0.5 + span.HalfWidth;
        var right = (int)Math.Floor(reach);
        float rightPart = (float)(reach - right) * (float)span.Weight, rightRest = (float)span.Weight - rightPart;
        var left = (int)Math.Floor(0.5 - span.HalfWidth);
        float leftPart = (float)(0.5 - span.HalfWidth - left) * (float)span.Weight, leftRest = (float)span.Weight - leftPart;
        var last = running.Length - 1;
        for (var k = 0; k < blurred.Length; k++)
        {
            var x = from + k;
            int r = x + right, l = x + left;
            var high = (running[Math.Min(r, last)] * rightRest) + (running[Math.Min(r + 1, last)] * rightPart);
            var low = (running[Math.Clamp(l, 0, last)] * leftRest) + (running[Math.Clamp(l + 1, 0, last)] * leftPart);
            blurred[k] += high - low;
        }
    }

    private static void Cover(ref Vector4 sum, Vector4 layer)
    {
        var room = 1 - sum.W;
        if (layer.W <= Nothing || room <= 1 - Full) return;
        sum += layer.W > room ? layer * (room / layer.W) : layer;
    }

    private void Store(Raster<byte> rgb, Raster<byte> into)
    {
        Parallel.For(0, _height, y =>
        {
            for (var i = y * _width; i < (y + 1) * _width; i++)
                LinearLight.Store(into, i, _sum[i].W > 0.01f ? _sum[i] / _sum[i].W : LinearLight.Pixel(rgb, i));
        });
    }
}
