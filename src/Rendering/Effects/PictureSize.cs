using Depth3D.Messages;

namespace Depth3D.Rendering.Effects;

/// <summary>Sizes of an effect's pictures: even, as video needs.</summary>
internal static class PictureSize
{
    private const int Most = 8192;

    /// <param name="width">As asked for; 0 follows from the height, or is the clip's.</param>
    /// <param name="height">As asked for; 0 follows from the width, or is the clip's.</param>
    public static (int Width, int Height) Of(ISceneClip clip, int width, int height)
    {
        var k = clip.Intrinsics;
        if (width == 0 && height == 0) (width, height) = (k.Width, k.Height);
        else if (width == 0) width = (int)Math.Round((double)height * k.Width / k.Height);
        else if (height == 0) height = (int)Math.Round((double)width * k.Height / k.Width);
        return (Math.Clamp(width & ~1, 2, Most), Math.Clamp(height & ~1, 2, Most));
    }

    /// <exception cref="Depth3DException">A side is neither 0 nor 16 to 8192.</exception>
    public static void Check(int width, int height)
    {
        foreach (var side in (ReadOnlySpan<int>)[width, height])
            if (side != 0 && side is < 16 or > Most) throw Setting.Fault("size", side, $"0 for the clip's own, or 16 to {Most} pixels");
    }
}
