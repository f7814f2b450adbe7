namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>One resolution of stage 1.</summary>
/// <param name="Factor">Of the working size.</param>
/// <param name="Steps">Updates on it.</param>
public sealed record StillLevel(double Factor, int Steps);
