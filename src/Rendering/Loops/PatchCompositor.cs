using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops;

/// <summary>
/// Draws one picture in patches. A patch draws only planes that have kept tiles where it looks; texel coordinates are computed relative to the patch, so
/// that single precision is exact to a hundred-thousandth of a texel.
/// </summary>
internal sealed class PatchCompositor
{
    private const int PatchWidth = 32, PatchHeight = 16;

    /// <summary>What less than this share of the light reaches cannot change an 8-bit colour, even with all planes behind it.</summary>
    private const float Hidden = 1e-5f;

    private readonly LoopGeometry _geometry;
    private readonly TexelCells _cells;
    private readonly Mat3?[] _texelFromPixel;
    private readonly float[] _disparities;
    private readonly LoopPicture _picture;
    private readonly float[]? _weights;
    private readonly int[] _columnCell;
    private readonly int[] _columnOffset;

    /// <param name="weights">[plane, row, column] to be filled, or null.</param>
    public PatchCompositor(LoopGeometry geometry, TexelCells cells, Mat3?[] texelFromPixel, float[] disparities, LoopPicture picture, float[]? weights)
    {
        (_geometry, _cells, _texelFromPixel, _disparities, _picture, _weights) = (geometry, cells, texelFromPixel, disparities, picture, weights);
        var longest = Math.Max(geometry.Plane.Width, geometry.Plane.Height) + 1;
        _columnCell = [.. Enumerable.Range(0, longest).Select(i => (i + geometry.TileSize - 1) / geometry.TileSize)];
        _columnOffset = [.. Enumerable.Range(0, longest).Select(i => (i + geometry.TileSize - 1) % geometry.TileSize)];
    }

    /// <summary>Rows of patches.</summary>
    public int Rows => (_picture.Rgba.Height + PatchHeight - 1) / PatchHeight;

    public void DrawRow(int row)
    {
        Span<int> live = stackalloc int[_geometry.Planes];
        var y = row * PatchHeight;
        var height = Math.Min(PatchHeight, _picture.Rgba.Height - y);
        for (var x = 0; x < _picture.Rgba.Width; x += PatchWidth)
        {
            var width = Math.Min(PatchWidth, _picture.Rgba.Width - x);
            var count = 0;
            for (var plane = 0; plane < _geometry.Planes; plane++)
                if (_texelFromPixel[plane] is { } g && PatchFootprint.TouchesKept(g, x, y, width, height, _cells, _geometry, plane)) live[count++] = plane;
            if (count > 0) DrawPatch(x, y, width, height, live[..count]);
        }
    }

    private void DrawPatch(int left, int top, int width, int height, ReadOnlySpan<int> planes)
    {
        Span<Vector128<float>> colour = stackalloc Vector128<float>[PatchWidth];
        Span<float> light = stackalloc float[PatchWidth];
        Span<float> disparity = stackalloc float[PatchWidth];
        Span<PatchHomography> maps = planes.Length <= 64 ? stackalloc PatchHomography[planes.Length] : new PatchHomography[planes.Length];
        for (var i = 0; i < planes.Length; i++) maps[i] = new PatchHomography(_texelFromPixel[planes[i]]!.Value, left, top);
        for (var y = 0; y < height; y++)
        {
            colour.Clear();
            disparity.Clear();
            light.Fill(1);
            for (var i = 0; i < planes.Length; i++)
                DrawPlane(planes[i], maps[i], left, top + y, y, colour[..width], light, disparity);
            var pixel = ((top + y) * _picture.Rgba.Width) + left;
            MemoryMarshal.Cast<Vector128<float>, float>(colour[..width]).CopyTo(_picture.Rgba.Samples.AsSpan(pixel * 4));
            disparity[..width].CopyTo(_picture.Disparity.Samples.AsSpan(pixel));
        }
    }

    private void DrawPlane(int plane, in PatchHomography map, int left, int y, int patchRow, Span<Vector128<float>> colour, Span<float> light, Span<float> disparity)
    {
        int planeWidth = _geometry.Plane.Width, planeHeight = _geometry.Plane.Height;
        var table = _cells.Table.AsSpan(plane * _cells.Rows * _cells.Columns, _cells.Rows * _cells.Columns);
        ref var texels = ref MemoryMarshal.GetArrayDataReference(_cells.Texels);
        for (var x = 0; x < colour.Length; x++)
        {
            if (light[x] < Hidden || !map.TryMap(x, patchRow, out var u, out var v, out var fu, out var fv)) continue;
            if ((uint)(u + 1) > (uint)planeWidth || (uint)(v + 1) > (uint)planeHeight) continue;
            var cell = table[(_columnCell[v + 1] * _cells.Columns) + _columnCell[u + 1]];
            if (cell < 0) continue;
            var at = (nuint)(cell + (((_columnOffset[v + 1] * _cells.Side) + _columnOffset[u + 1]) * 4));
            var below = at + (nuint)(_cells.Side * 4);
            var upper = Mix(Vector128.LoadUnsafe(ref texels, at), Vector128.LoadUnsafe(ref texels, at + 4), fu);
            var lower = Mix(Vector128.LoadUnsafe(ref texels, below), Vector128.LoadUnsafe(ref texels, below + 4), fu);
            var texel = Mix(upper, lower, fv);
            var (before, alpha) = (light[x], texel.GetElement(3));
            colour[x] += texel * before;
            disparity[x] += before * alpha * _disparities[plane];
            light[x] = before * (1 - alpha);
            if (_weights is not null) _weights[(((plane * _picture.Rgba.Height) + y) * _picture.Rgba.Width) + left + x] = before * alpha;
        }
    }

    private static Vector128<float> Mix(Vector128<float> a, Vector128<float> b, float share) => a + ((b - a) * share);
}
