using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>
/// A row of LLFF's <c>poses_bounds.npy</c> (video-loop spec 1.3): a 3x5 matrix, row-major, of the camera axes (down, right, backwards) in the world, the
/// centre, and height, width, focal length; then the near and far bounds. Only signs and places change on the way, so rows come back bit by bit.
/// </summary>
/// <param name="WorldFromCam">OpenCV axes: right, down, forward.</param>
/// <param name="Height">Pixels; so are <paramref name="Width"/> and <paramref name="Focal"/>.</param>
/// <param name="Near">Depth of the nearest thing that the camera sees; <paramref name="Far"/> of the farthest.</param>
public readonly record struct LlffRow(RigidTransform WorldFromCam, double Height, double Width, double Focal, double Near, double Far)
{
    /// <summary>Numbers of a row.</summary>
    public const int Length = 17;

    /// <param name="row"><see cref="Length"/> numbers.</param>
    public static LlffRow From(ReadOnlySpan<double> row)
    {
        Vec3 down = new(row[0], row[5], row[10]), right = new(row[1], row[6], row[11]), back = new(row[2], row[7], row[12]);
        return new LlffRow(new RigidTransform(Mat3.FromColumns(right, down, -back), new Vec3(row[3], row[8], row[13])), row[4], row[9], row[14], row[15], row[16]);
    }

    /// <returns><see cref="Length"/> numbers.</returns>
    public double[] Numbers()
    {
        Vec3 right = WorldFromCam.Rotation.Column(0), down = WorldFromCam.Rotation.Column(1), back = -WorldFromCam.Rotation.Column(2), centre = WorldFromCam.Translation;
        return
        [
            down.X, right.X, back.X, centre.X, Height,
            down.Y, right.Y, back.Y, centre.Y, Width,
            down.Z, right.Z, back.Z, centre.Z, Focal,
            Near, Far,
        ];
    }
}
