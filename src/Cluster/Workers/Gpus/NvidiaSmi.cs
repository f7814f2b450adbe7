using System.Globalization;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Cluster.Workers.Gpus;

/// <summary>Asks the driver's own program. What it prints is parsed strictly: a line that is not understood is an error, not a GPU less.</summary>
public sealed class NvidiaSmi : IGpuLister
{
    private const string Program = "nvidia-smi";
    private const int Fields = 4;
    private const long Mebi = 1 << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<GpuState>> ListAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            var lines = new List<string>();
            var result = await ExternalProcess.RunAsync(Program, ["--query-gpu=uuid,name,memory.total,memory.used", "--format=csv,noheader,nounits"],
                limit.Token, lines.Add).ConfigureAwait(false);
            return result.ExitCode == 0 ? Parse(lines) : [];
        }
        catch (Depth3DException e) when (e.Kind == FailureKind.MissingTool)
        {
            return [];
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new Depth3DException($"{Program} did not answer within {Longest.TotalSeconds:0} s", remedy: "look at the GPU's driver; start the node with --gpus none to work without any",
                kind: FailureKind.Transient);
        }
    }

    /// <summary>One GPU per line: UUID, name, whole and used memory in MiB. Memory that is not known is 0.</summary>
    /// <exception cref="Depth3DException">A line is something else.</exception>
    public static IReadOnlyList<GpuState> Parse(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return [.. lines.Where(l => !string.IsNullOrWhiteSpace(l)).Select(Line)];
    }

    private static GpuState Line(string line)
    {
        var fields = line.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length < Fields || !IsUuid(fields[0]))
            throw new Depth3DException($"'{line}' is not a GPU as {Program} lists them", remedy: $"run {Program} yourself and mend what it says", kind: FailureKind.MissingTool);

        // A name may hold commas; the figures are the last two.
        return new GpuState(new GpuInfo(fields[0], string.Join(", ", fields[1..^2]), Bytes(fields[^2])), Bytes(fields[^1]));
    }

    private static bool IsUuid(string text) => (text.StartsWith("GPU-", StringComparison.Ordinal) || text.StartsWith("MIG-", StringComparison.Ordinal))
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '/');

    private static long Bytes(string mebibytes) =>
        long.TryParse(mebibytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value * Mebi : 0;
}
