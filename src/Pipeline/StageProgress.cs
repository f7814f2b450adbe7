namespace Depth3D.Pipeline;

/// <summary>How far a running task is.</summary>
/// <param name="Fraction">0 to 1, never falling.</param>
/// <param name="Message">What it is doing, in a few words.</param>
public readonly record struct StageProgress(double Fraction, string? Message = null);
