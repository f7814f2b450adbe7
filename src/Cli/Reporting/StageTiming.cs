namespace Depth3D.Cli.Reporting;

/// <summary>How long the accepted attempts of one stage's tasks took together.</summary>
internal sealed record StageTiming(string Stage, int Tasks, TimeSpan Elapsed);
