using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Cli.Running;

/// <summary>Errors of the cameras that one kind of depth goes with.</summary>
/// <param name="What"><c>prior</c> or <c>optimised</c>: they differ where cameras were refined together with depth.</param>
internal sealed record CameraRow(string What, CameraErrors Errors);
