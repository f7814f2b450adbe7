namespace Depth3D.Bench.Messaging;

/// <param name="PerSecond">Tasks a second, hint to answer, with 200 in flight.</param>
/// <param name="P50">Milliseconds from hint to answer at 200 a second: the median.</param>
/// <param name="P99">The same for the slowest hundredth.</param>
/// <param name="Longest">The same for the slowest.</param>
internal sealed record ExchangeFigures(double PerSecond, double P50, double P99, double Longest);
