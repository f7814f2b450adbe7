namespace Depth3D.Reconstruction.Models;

/// <summary>Places where a model's output and a measured depth are both known.</summary>
/// <param name="Source">For people, plural: <c>sparse points</c>.</param>
/// <param name="ModelValues">The model's values there.</param>
/// <param name="InverseDepths">1/z of the same places, world units.</param>
public sealed record MeasuredDepths(string Source, double[] ModelValues, double[] InverseDepths)
{
    public int Count => InverseDepths.Length;
}
