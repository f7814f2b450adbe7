using Depth3D.Nodes.Render.Exports.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Nodes.Render.Tests.Exports;

public sealed class NukeAnglesTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.3, -1.2, 2.9)]
    [InlineData(-1.5, 3.0, -0.4)]
    [InlineData(Math.PI / 2, 0.7, 0.2)]
    [InlineData(-Math.PI / 2, -0.7, 0.2)]
    public void Angles_give_the_rotation_back(double x, double y, double z)
    {
        var rotation = Compose(x, y, z);
        var angles = NukeExporter.AnglesZxy(rotation);
        Assert.InRange(Rotations.AngleBetween(rotation, Compose(angles.X, angles.Y, angles.Z)), 0, 1e-7);
    }

    private static Mat3 Compose(double x, double y, double z) =>
        Mat3.FromRotationVector(new(0, y, 0)) * Mat3.FromRotationVector(new(x, 0, 0)) * Mat3.FromRotationVector(new(0, 0, z));
}
