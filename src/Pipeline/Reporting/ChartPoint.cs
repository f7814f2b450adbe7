namespace Depth3D.Pipeline.Reporting;

/// <summary>One point of a chart, in its data's units.</summary>
public readonly record struct ChartPoint(double X, double Y);
