namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>Where another frame has a point, in pixels from the principal point.</summary>
internal readonly record struct FlowSighting(int Frame, double X, double Y);
