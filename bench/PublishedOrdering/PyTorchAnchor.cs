using System.Diagnostics;
using System.Globalization;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Bench.PublishedOrdering;

/// <summary>The published step in PyTorch, where Debian's python3-torch is there: an anchor outside this repository.</summary>
internal static class PyTorchAnchor
{
    private const string Python = "/usr/bin/python3";

    /// <returns>The cost of one pair, or null where there is no PyTorch.</returns>
    public static PairCost? Cost(int width, int height, NetworkSettings settings, int rounds)
    {
        if (!File.Exists(Python)) return null;
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "published_step.py"), $"{width}", $"{height}", $"{settings.Field.Width}", $"{settings.Field.Layers}",
            $"{rounds}", $"{Environment.ProcessorCount}",
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0)
        {
            var numbers = text.Split(' ').Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
            return new PairCost(numbers[0], numbers[1]);
        }

        Console.WriteLine($"no PyTorch anchor: {said.Result.Trim().Split('\n')[^1]}");
        return null;
    }
}
