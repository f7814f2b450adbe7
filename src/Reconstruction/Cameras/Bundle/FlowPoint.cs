namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>A static point as flow saw it: a pixel of one frame, and where other frames have it.</summary>
/// <param name="X">Pixels from the principal point, right, in <paramref name="Frame"/>.</param>
/// <param name="Y">The same, down.</param>
internal sealed record FlowPoint(int Frame, double X, double Y, FlowSighting[] Sightings);
