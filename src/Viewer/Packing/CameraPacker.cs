using System.Buffers.Binary;
using Depth3D.Rendering.Effects;

namespace Depth3D.Viewer.Packing;

/// <summary>Cameras of all frames: twelve little-endian floats each, the three rows of [R | t] of <c>CamFromWorld</c>.</summary>
internal static class CameraPacker
{
    private const int Numbers = 12;

    public static byte[] Pack(ISceneClip clip)
    {
        var packed = new byte[4 * Numbers * clip.FrameCount];
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            var (r, t) = clip.CamFromWorld(frame);
            ReadOnlySpan<double> rows = [r.M00, r.M01, r.M02, t.X, r.M10, r.M11, r.M12, t.Y, r.M20, r.M21, r.M22, t.Z];
            for (var k = 0; k < Numbers; k++) BinaryPrimitives.WriteSingleLittleEndian(packed.AsSpan(4 * ((frame * Numbers) + k)), (float)rows[k]);
        }

        return packed;
    }
}
