using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Where a sheet of waves lies: upright, facing the cameras, or flat, facing up. World units.</summary>
/// <param name="IsFlat">The sheet's (a, b, c) are the world's (x, z, y); otherwise (x, y, z).</param>
/// <param name="Base">Height of the sheet at rest on its axis c.</param>
/// <param name="Reach">Largest height of the waves.</param>
/// <param name="Relief">By how much the slopes that light sees are steeper than the sheet's.</param>
internal sealed record WaveSheet(bool IsFlat, double FromA, double ToA, double FromB, double ToB, double Base, double Reach, double Relief)
{
    public (Vec3 Center, double Radius) Bounds
    {
        get
        {
            var half = new Vec3((ToA - FromA) / 2, (ToB - FromB) / 2, Reach);
            return (ToWorld(new Vec3((FromA + ToA) / 2, (FromB + ToB) / 2, Base)), half.Length * 1.2);
        }
    }

    public Vec3 FromWorld(Vec3 v) => IsFlat ? new(v.X, v.Z, v.Y) : v;

    public Vec3 ToWorld(Vec3 v) => IsFlat ? new(v.X, v.Z, v.Y) : v;
}
