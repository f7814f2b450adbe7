namespace Depth3D.Cli.Reporting;

/// <summary>One named line of a chart.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);
