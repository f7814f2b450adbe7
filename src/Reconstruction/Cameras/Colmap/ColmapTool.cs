using System.Globalization;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>
/// Runs single COLMAP commands without a GPU, on one thread and with a fixed seed: only so do the same features give the same model.
/// </summary>
internal sealed class ColmapTool(int seed, CancellationToken cancellation)
{
    private static readonly Dictionary<string, string> Environment = new() { ["QT_QPA_PLATFORM"] = "offscreen", ["OMP_NUM_THREADS"] = "1" };

    /// <exception cref="Depth3DException">COLMAP is not installed or ended with an error; its last lines are in the text.</exception>
    /// <param name="mayFail">Exit code 1 is an answer and not a fault: the mapper found no model.</param>
    public async Task RunAsync(string command, IEnumerable<string> arguments, Action<string>? onLine = null, bool mayFail = false)
    {
        string[] all = [command, "--random_seed", seed.ToString(CultureInfo.InvariantCulture), .. arguments];
        var result = await ExternalProcess.RunAsync("colmap", all, cancellation, onLine, Environment).ConfigureAwait(false);
        if (result.ExitCode != 0 && !(mayFail && result.ExitCode == 1))
        {
            throw new Depth3DException($"colmap {command} ended with code {result.ExitCode}; its last words:\n{result.OutputTail}",
                remedy: "run: depth3d doctor", kind: FailureKind.Transient);
        }
    }
}
