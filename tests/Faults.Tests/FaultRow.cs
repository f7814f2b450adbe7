namespace Depth3D.Faults.Tests;

/// <summary>One fault that was injected, and what came of it.</summary>
/// <param name="Fault">Number and name out of the list of faults.</param>
/// <param name="Where">Where it was injected.</param>
/// <param name="Recovered">From the fault until work went on, or until everything was in order again, as the test says.</param>
/// <param name="Lost">Results that are missing or differ from those of an undisturbed run.</param>
/// <param name="Doubled">Results that were accepted twice, or that nobody expected.</param>
public sealed record FaultRow(string Fault, string Where, TimeSpan Recovered, int Lost, int Doubled);
