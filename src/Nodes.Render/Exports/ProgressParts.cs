namespace Depth3D.Nodes.Render.Exports;

/// <summary>Progress of a part of the work.</summary>
internal static class ProgressParts
{
    /// <summary>A part that is <paramref name="share"/> of the whole, after <paramref name="from"/> of it.</summary>
    public static IProgress<double> Part(this IProgress<double> whole, double from, double share) => new Scaled(whole, from, share);

    private sealed class Scaled(IProgress<double> whole, double from, double share) : IProgress<double>
    {
        public void Report(double value) => whole.Report(Math.Min(1, from + (value * share)));
    }
}
