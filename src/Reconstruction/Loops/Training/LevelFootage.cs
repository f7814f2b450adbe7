using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Looping;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>A view's clip at the size of a level.</summary>
internal sealed class LevelFootage
{
    private readonly Dictionary<(int Size, int Stride), bool[][]> _usable = [];
    public LevelFootage(LoopFootage footage, LoopLevel level)
    {
        var full = footage.View;
        View = full with { Intrinsics = full.Intrinsics.ScaledTo(level.Width, level.Height) };
        Leads = footage.Leads;
        Clip = new PackedClip(footage.Frames.Count, level.Width, level.Height);
        var filled = footage.Valid is null ? footage.Frames : ValidPixels.Filled(footage.Frames, footage.Valid);
        Parallel.For(0, Clip.Frames, t => Clip.Set(t, Resized(filled[t], level)));
        if (footage.Valid is { } valid)
            Valid = [.. valid.Select(v => ValidPixels.Shrunk(v, full.Intrinsics.Width, full.Intrinsics.Height, level.Width, level.Height))];
    }

    public LoopView View { get; }

    public bool Leads { get; }

    public PackedClip Clip { get; }

    /// <summary>Per frame and pixel; null for everywhere.</summary>
    public IReadOnlyList<bool[]>? Valid { get; }

    /// <summary>[key][place], or null where all keys may be taken.</summary>
    public bool[][]? Usable(PatchSettings patch)
    {
        if (Valid is null) return null;
        if (!_usable.TryGetValue((patch.Size, patch.Stride), out var usable))
            _usable[(patch.Size, patch.Stride)] = usable = ValidPixels.Usable(Valid, Clip.Width, Clip.Height, patch);
        return usable;
    }

    private static Raster<byte> Resized(Raster<byte> frame, LoopLevel level) =>
        frame.Width == level.Width && frame.Height == level.Height ? frame : Resize.Area(frame, level.Width, level.Height);
}
