using Depth3D.Messages;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Paths;

namespace Depth3D.Rendering.Loops;

/// <summary>
/// The camera of a loop's film: within the view box, once round per film, with the point that viewers look at in the middle. Film and loop end together, so
/// that the film repeats without a seam.
/// </summary>
public sealed class LoopPath
{
    private readonly ViewBox _view;
    private readonly CameraPathKind _kind;
    private readonly double _share;

    /// <param name="kind"><c>swing</c> (left and right), <c>orbit</c> (round the middle), <c>dolly</c> (forward and back) or <c>source</c> (the reference camera).</param>
    /// <param name="percent">How far it goes, of the box.</param>
    /// <param name="loopFrames">Frames of the loop.</param>
    /// <param name="repeats">How often the film shows the loop.</param>
    /// <exception cref="Depth3DException">No such path, or no such share.</exception>
    public LoopPath(string kind, double percent, ViewBox view, int loopFrames, int repeats)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentOutOfRangeException.ThrowIfLessThan(loopFrames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        if (!Enum.TryParse(kind, ignoreCase: true, out _kind) || !Enum.IsDefined(_kind) || !char.IsLetter(kind[0]))
            throw new Depth3DException($"there is no camera path '{kind}'", remedy: "give --path swing, orbit, dolly or source", kind: FailureKind.Usage);
        if (!(percent >= 0 && percent <= 100))
            throw new Depth3DException($"{percent} percent of the view box is not between 0 and 100", remedy: "give --path-amplitude 80", kind: FailureKind.Usage);
        (_view, _share, Frames) = (view, percent / 100, checked(loopFrames * repeats));
    }

    /// <summary>Frames of the film: whole loops.</summary>
    public int Frames { get; }

    /// <param name="frame">Any number: the path repeats.</param>
    public RigidTransform CamFromReference(int frame)
    {
        var phase = 2 * Math.PI * LoopTime.FrameOf(frame, Frames) / Frames;
        var reach = _view.Extent * _share;
        return _kind switch
        {
            CameraPathKind.Swing => At(new(reach.X * Math.Sin(phase), 0, 0)),
            CameraPathKind.Orbit => At(new(reach.X * Math.Sin(phase), -reach.Y * Math.Cos(phase), 0)),
            CameraPathKind.Dolly => At(new(0, 0, reach.Z * Math.Sin(phase))),
            _ => RigidTransform.Identity,
        };
    }

    private RigidTransform At(Vec3 centre) => ViewBoxCamera.CamFromReference(_view, centre);
}
