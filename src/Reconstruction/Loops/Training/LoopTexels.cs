using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>
/// A loop's texels while they are optimised: logits, Adam's moments, and what is drawn, premultiplied. Dynamic texels lie in pieces of a few frames,
/// so that a piece of all texels fits the caches and threads never share one: [piece][texel, frame, RGBA]. A texel's number is slot * side² + row * side + column.
/// </summary>
public sealed class LoopTexels
{
    /// <summary>Frames of a piece; the last may have fewer.</summary>
    public const int FramesOfPiece = 8;

    /// <summary>Colours and alphas stay this far from 0 and 1, where logits have an end.</summary>
    public const float Edge = 1e-3f;

    private const int Channels = MultiTileVideo.Channels;

    private readonly MultiTileVideo _video;

    public LoopTexels(MultiTileVideo video)
    {
        ArgumentNullException.ThrowIfNull(video);
        _video = video;
        var side = video.Geometry.TileSize;
        (StaticCount, DynamicCount) = (video.Tiles.StaticSlots * side * side, video.Tiles.DynamicSlots * side * side);
        Pieces = (video.Frames + FramesOfPiece - 1) / FramesOfPiece;
        Static = new TexelState(StaticCount * Channels);
        Dynamic = [.. Enumerable.Range(0, Pieces).Select(c => new TexelState(DynamicCount * Width(c)))];
        for (var n = 0; n < StaticCount * Channels; n++) Static.Logits[n] = Logit(video.StaticTexels[n]);
        Parallel.For(0, Pieces, Take);
        Draw();
    }

    public LoopGeometry Geometry => _video.Geometry;

    public TileTable Tiles => _video.Tiles;

    public int Frames => _video.Frames;

    public int StaticCount { get; }

    public int DynamicCount { get; }

    public int Pieces { get; }

    /// <summary>[texel, RGBA].</summary>
    public TexelState Static { get; }

    /// <summary>By piece: [texel, frame, RGBA], rows of <see cref="Width"/> numbers.</summary>
    public IReadOnlyList<TexelState> Dynamic { get; }

    /// <summary>Frames of a piece: the first and how many.</summary>
    public (int First, int Count) FramesOf(int piece) => (piece * FramesOfPiece, Math.Min(FramesOfPiece, Frames - (piece * FramesOfPiece)));

    /// <summary>Numbers of a texel in a piece: its frames, rounded up to an even number.</summary>
    public int Width(int piece) => (FramesOf(piece).Count + 1) / 2 * 2 * Channels;

    /// <summary>Computes what is drawn from the logits.</summary>
    public void Draw()
    {
        Static.Draw();
        Parallel.ForEach(Dynamic, piece => piece.Draw());
    }

    /// <summary>The loop as it is now.</summary>
    public MultiTileVideo ToVideo()
    {
        var result = _video with { StaticTexels = new float[_video.StaticTexels.Length], DynamicTexels = new float[_video.DynamicTexels.Length] };
        for (var n = 0; n < result.StaticTexels.Length; n++) result.StaticTexels[n] = Value(Static.Logits[n]);
        Parallel.For(0, Pieces, c => ForEach(c, (at, texel) => result.DynamicTexels[texel] = Value(Dynamic[c].Logits[at])));
        return result;
    }

    internal static float Logit(float value)
    {
        var inside = Math.Clamp(value, Edge, 1 - Edge);
        return MathF.Log(inside / (1 - inside));
    }

    /// <summary>What lies at an edge is what was beyond it.</summary>
    private static float Value(float logit)
    {
        var value = 1 / (1 + MathF.Exp(-logit));
        return value <= Edge * 1.001f ? 0 : value >= 1 - (Edge * 1.001f) ? 1 : value;
    }

    private void Take(int piece)
    {
        var logits = Dynamic[piece].Logits;
        ForEach(piece, (at, texel) => logits[at] = Logit(_video.DynamicTexels[texel]));
    }

    /// <summary>Every number of a piece with where it is in the video.</summary>
    private void ForEach(int piece, Action<int, int> visit)
    {
        var (first, count) = FramesOf(piece);
        int width = Width(piece), texels = Geometry.TileSize * Geometry.TileSize;
        for (var n = 0; n < DynamicCount; n++)
        {
            for (var t = 0; t < count; t++)
            {
                var from = ((((n / texels * Frames) + first + t) * texels) + (n % texels)) * Channels;
                for (var c = 0; c < Channels; c++) visit((n * width) + (t * Channels) + c, from + c);
            }
        }
    }
}
