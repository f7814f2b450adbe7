using Depth3D.Imaging;
using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Background;

/// <summary>Coverage of what is kept: by depth, by motion, or by both.</summary>
internal sealed class KeepMatte(BackgroundSettings settings)
{
    public Raster<float> Make(ISceneClip clip, int frameIndex, Raster<byte> rgb, int radius)
    {
        var moving = settings.Moving ? SoftMatte.Make(SnappedDepth.Mask(clip.Moving(frameIndex), rgb), rgb, radius) : null;
        var near = settings.NearerThan is { } depth ? Near(SnappedDepth.Make(clip.Depth(frameIndex), rgb), rgb, (float)depth, radius) : null;
        if (moving is null || near is null) return moving ?? near!;
        for (var i = 0; i < near.Samples.Length; i++)
            near.Samples[i] = settings.Both ? Math.Min(near.Samples[i], moving.Samples[i]) : Math.Max(near.Samples[i], moving.Samples[i]);
        return near;
    }

    /// <summary>Soft as the picture is where depth jumps; a fade where a surface runs through the threshold, which would else crawl.</summary>
    private Raster<float> Near(Raster<float> depth, Raster<byte> rgb, float threshold, int radius)
    {
        var fade = (float)settings.Fade * threshold;
        var selected = new Raster<byte>(depth.Width, depth.Height);
        for (var i = 0; i < selected.Samples.Length; i++) selected.Samples[i] = (byte)(depth.Samples[i] < threshold ? 255 : 0);
        var matte = SoftMatte.Make(selected, rgb, radius);
        for (var i = 0; i < matte.Samples.Length; i++)
        {
            var beyond = depth.Samples[i] - threshold;
            if (Math.Abs(beyond) < fade) matte.Samples[i] = 0.5f - (0.5f * beyond / fade);
        }

        return matte;
    }
}
