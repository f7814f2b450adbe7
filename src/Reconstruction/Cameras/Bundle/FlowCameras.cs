using System.Globalization;
using Depth3D.Reconstruction.Cameras.Colmap;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>Cameras solved from flow.</summary>
/// <param name="Intrinsics">At the flow's size.</param>
/// <param name="CamFromWorld">One per frame.</param>
/// <param name="Points">Those with enough parallax, grey.</param>
/// <param name="ExplainedShare">Share of all sightings that the cameras explain.</param>
/// <param name="FirmShare">Share of all points that show enough parallax.</param>
public sealed record FlowCameras(Intrinsics Intrinsics, IReadOnlyList<RigidTransform> CamFromWorld, IReadOnlyList<SparsePoint> Points, ModelQuality Quality,
    double ExplainedShare, double FirmShare)
{
    /// <summary>Shares below these mean that something else than a moving camera made the flow, or that it hardly moved.</summary>
    public const double MinExplainedShare = 0.7, MinFirmShare = 0.1;

    /// <summary>What fails, in words; empty where the cameras can be trusted.</summary>
    public IReadOnlyList<string> Failures()
    {
        var failures = Quality.Failures(1).ToList();
        if (!(ExplainedShare >= MinExplainedShare))
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"cameras explain only {ExplainedShare:p0} of the flow, {MinExplainedShare:p0} needed"));
        if (!(FirmShare >= MinFirmShare))
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"only {FirmShare:p0} of the points show parallax, {MinFirmShare:p0} needed"));
        return failures;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Quality}; {ExplainedShare:p0} of the flow explained, {FirmShare:p0} of the points with parallax");
}
