namespace Depth3D.Bench.Messaging;

/// <param name="Workers">Single-slot workers.</param>
/// <param name="Seconds">From the first claim to the last result.</param>
/// <param name="Efficiency">Of the workers' time.</param>
/// <param name="Lost">Where the rest of it went.</param>
/// <param name="ProcessorMilliseconds">Processor time a task, by who used it.</param>
internal sealed record EfficiencyFigures(int Workers, double Seconds, double Efficiency, LostTime Lost, IReadOnlyDictionary<string, double> ProcessorMilliseconds);
