using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Tests.Loops;

/// <summary>Small loops of random texels, smooth enough to be filtered, with tiles of all three kinds.</summary>
internal static class RandomLoops
{
    public static readonly Intrinsics Camera = Intrinsics.Centered(70, 70, 61, 43);

    public static LoopGeometry Geometry(int planes = 5, int tile = 8, double border = 1.4) =>
        PlaneLadder.Grid(Camera, PlaneLadder.UniformInDisparity(1, 6, planes), border, tile);

    /// <param name="kept">Share of tiles that are not empty; half of these move.</param>
    public static MultiTileVideo Make(LoopGeometry geometry, int frames = 3, double kept = 0.4, int seed = 1)
    {
        var random = new Random(seed);
        var labels = new TileLabel[geometry.TileCount];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = random.NextDouble() >= kept ? TileLabel.Empty : random.Next(2) == 0 ? TileLabel.Static : TileLabel.Dynamic;
        var builder = new MultiTileVideoBuilder(geometry, labels, frames);
        var plane = new float[geometry.Plane.Width * geometry.Plane.Height * 4];
        for (var frame = 0; frame < frames; frame++)
            for (var k = 0; k < geometry.Planes; k++)
            {
                for (var i = 0; i < plane.Length; i++) plane[i] = (float)random.NextDouble();
                builder.TakePlane(k, frame, plane);
            }

        return builder.Build(25, new ViewBox(new Vec3(0.1, 0.1, 0.05), new Vec3(0, 0, 2), new Vec3(0, -1, 0)));
    }

    public static RigidTransform Pose(double x, double y, double z, double pitch = 0, double yaw = 0, double roll = 0)
    {
        var rotation = Mat3.FromRotationVector(new Vec3(pitch, yaw, roll));
        return new RigidTransform(rotation, -(rotation * new Vec3(x, y, z)));
    }
}
