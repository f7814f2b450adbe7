using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Pipeline;

/// <summary>The training index of a clip: which pairs of frames are trained on, in which unit, from which files.</summary>
/// <param name="Width">Training size.</param>
/// <param name="Scale">Prior units per camera unit; already applied in <see cref="Artifacts.ScaledCameras"/>.</param>
/// <param name="ScaleSpread">Median absolute deviation of the frames' own factors, over the factor.</param>
/// <param name="ScaleMethod"><c>sparse-points</c>, <c>flow</c> or <c>none</c>.</param>
/// <param name="ScaleFrames">Frames that voted.</param>
/// <param name="MovingShare">Share of moving pixels, training size, per frame.</param>
/// <param name="Inputs">Every file of the earlier stages with its hash, stage by stage.</param>
public sealed record SequenceInfo(
    int Frames, int Width, int Height, CameraMotion Motion,
    double Scale, double ScaleSpread, string ScaleMethod, int ScaleFrames,
    IReadOnlyList<SequencePair> Pairs, IReadOnlyList<double> MovingShare,
    IReadOnlyDictionary<string, IReadOnlyList<ArtifactFile>> Inputs, IReadOnlyList<string> Warnings);
