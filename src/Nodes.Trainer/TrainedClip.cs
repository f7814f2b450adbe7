using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>What a chunk found.</summary>
/// <param name="Corrections">By frame.</param>
/// <param name="Cameras">Null where they stay as they were given.</param>
internal sealed record TrainedClip(IReadOnlyList<FrameCorrection> Corrections, CameraRefinement? Cameras);
