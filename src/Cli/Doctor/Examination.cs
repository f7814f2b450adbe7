using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Cli.Doctor;

/// <summary>Looks at every program and library the product uses, by asking the thing itself for its version where it can.</summary>
internal static partial class Examination
{
    private const string Install = "apt-get install -y --no-install-recommends ";

    public static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var findings = new List<Finding>
        {
            new(".NET", Health.Ok, RuntimeInformation.FrameworkDescription),
            Machine(),
            Disk(),
        };
        findings.AddRange(NativeParts.Examine());
        findings.Add(await ProgramAsync("ffmpeg", "ffmpeg", ["-version"], cancellation).ConfigureAwait(false));
        findings.Add(await ProgramAsync("ffprobe", "ffmpeg", ["-version"], cancellation).ConfigureAwait(false));
        findings.Add(await ProgramAsync("colmap", "colmap", ["help"], cancellation).ConfigureAwait(false));
        findings.Add(await GpuAsync(cancellation).ConfigureAwait(false));
        findings.Add(NativeEnvironment());
        return findings;
    }

    private static Finding Machine()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        var detail = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {memory:0.0} GiB memory");
        return memory < 4 ? new("machine", Health.Warning, detail + "; 4 GiB are advised") : new("machine", Health.Ok, detail);
    }

    private static Finding Disk()
    {
        var drive = new DriveInfo(Path.GetFullPath("."));
        var free = drive.AvailableFreeSpace / (double)(1L << 30);
        var detail = string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GiB free here");
        return free < 2 ? new("disk", Health.Warning, detail + "; a 100-frame clip needs about 2 GiB") : new("disk", Health.Ok, detail);
    }

    private static async Task<Finding> ProgramAsync(string program, string package, string[] arguments, CancellationToken cancellation)
    {
        try
        {
            var text = "";
            await ExternalProcess.RunAsync(program, arguments, cancellation, line => text = text.Length > 0 ? text : line.Trim()).ConfigureAwait(false);
            return new(program, Health.Ok, Version().Match(text) is { Success: true } match ? match.Value : text);
        }
        catch (Depth3DException)
        {
            return new(program, Health.Missing, "not found", Install + package);
        }
    }

    private static async Task<Finding> GpuAsync(CancellationToken cancellation)
    {
        try
        {
            var lines = new List<string>();
            string[] query = ["--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"];
            var result = await ExternalProcess.RunAsync("nvidia-smi", query, cancellation, lines.Add).ConfigureAwait(false);
            return result.ExitCode == 0
                ? new("GPU", Health.Ok, string.Join("; ", lines))
                : new("GPU", Health.Warning, $"nvidia-smi failed: {result.OutputTail.Trim()}", "mend the driver; until then everything runs on the CPU");
        }
        catch (Depth3DException)
        {
            return new("GPU", Health.Ok, "none found; everything runs on the CPU");
        }
    }

    private static Finding NativeEnvironment()
    {
        foreach (var (name, why) in (ReadOnlySpan<(string, string)>)
            [
                ("OMP_NUM_THREADS", "threads of the native libraries"),
                ("OMP_WAIT_POLICY", "idle threads spin"),
                ("GLIBC_TUNABLES", "large tensors page-fault"),
            ])
        {
            if (Environment.GetEnvironmentVariable(name) is null or "")
                return new Finding("environment", Health.Warning, $"{name} is not set ({why})", "start through ./depth3d");
        }

        return new Finding("environment", Health.Ok, $"{Set("OMP_NUM_THREADS")}, {Set("OMP_WAIT_POLICY")}");

        static string Set(string name) => $"{name}={Environment.GetEnvironmentVariable(name)}";
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex Version();
}
