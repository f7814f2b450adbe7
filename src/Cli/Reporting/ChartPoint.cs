namespace Depth3D.Cli.Reporting;

/// <summary>One point of a chart, in its data's units.</summary>
internal readonly record struct ChartPoint(double X, double Y);
