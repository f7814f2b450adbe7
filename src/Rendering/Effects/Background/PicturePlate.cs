using Depth3D.Imaging;

namespace Depth3D.Rendering.Effects.Background;

/// <summary>Pictures, one per frame of the clip; a single one for all.</summary>
internal sealed class PicturePlate(string[] paths) : Plate
{
    private (int Index, Raster<byte> Picture)? _last;

    public override int CountFrames(CancellationToken cancellation) => paths.Length;

    public override Raster<byte> Frame(int frameIndex, int count, double framesPerSecond)
    {
        var index = frameIndex % paths.Length;
        if (_last is not { } last || last.Index != index) _last = last = (index, ImageFile.ReadRgb(paths[index]));
        return last.Picture;
    }

    public override void Dispose()
    {
    }
}
