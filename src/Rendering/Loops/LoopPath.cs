using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Paths;

namespace Depth3D.Rendering.Loops;

/// <summary>
/// The camera of a loop's film: a <see cref="CameraPath"/> round the point that viewers look at, once per film, made smaller where it would leave the view
/// box. Film and loop end together, so that the film repeats without a seam.
/// </summary>
public sealed class LoopPath
{
    private const int Halvings = 30;

    private readonly CameraPath _path;

    /// <param name="kind">Name of a <see cref="CameraPathKind"/>.</param>
    /// <param name="amplitude">Degrees for swing and orbit, percent of the distance looked at for dolly.</param>
    /// <param name="loopFrames">Frames of the loop.</param>
    /// <param name="repeats">How often the film shows the loop.</param>
    /// <exception cref="Messages.Depth3DException">No such path, or an amplitude that shows nothing.</exception>
    public LoopPath(string kind, double amplitude, ViewBox view, int loopFrames, int repeats)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentOutOfRangeException.ThrowIfLessThan(loopFrames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        Frames = checked(loopFrames * repeats);
        var distance = view.LookAt.Z;
        _path = CameraPath.Parse(kind, amplitude, distance);
        double low = 0, high = amplitude;
        if (!Stays(_path, view))
        {
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (low + high) / 2;
                if (Stays(CameraPath.Parse(kind, middle, distance), view)) low = middle;
                else high = middle;
            }

            _path = CameraPath.Parse(kind, low, distance);
            high = low;
        }

        Amplitude = high;
    }

    /// <summary>Frames of the film: whole loops.</summary>
    public int Frames { get; }

    /// <summary>What is left of the amplitude within the view box.</summary>
    public double Amplitude { get; }

    /// <param name="frame">Any number: the path repeats.</param>
    public RigidTransform CamFromReference(int frame) => _path.CamFromWorld(LoopTime.FrameOf(frame, Frames), Frames, RigidTransform.Identity);

    private bool Stays(CameraPath path, ViewBox view)
    {
        for (var frame = 0; frame < Frames; frame++)
        {
            var centre = path.CamFromWorld(frame, Frames, RigidTransform.Identity).Center;
            if (Math.Abs(centre.X) > view.Extent.X + Tolerance || Math.Abs(centre.Y) > view.Extent.Y + Tolerance || Math.Abs(centre.Z) > view.Extent.Z + Tolerance) return false;
        }

        return true;
    }

    private const double Tolerance = 1e-9;
}
