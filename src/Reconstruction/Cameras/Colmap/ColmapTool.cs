using System.Globalization;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>
/// Runs single COLMAP commands without a GPU, on one thread and with a fixed seed: only so do the same features give the same model.
/// </summary>
/// <param name="logFolder">Where COLMAP puts its log files, which it never deletes.</param>
internal sealed class ColmapTool(int seed, string logFolder, CancellationToken cancellation)
{
    private readonly Dictionary<string, string> _environment = new()
    {
        ["QT_QPA_PLATFORM"] = "offscreen",
        ["OMP_NUM_THREADS"] = "1",
        ["TMPDIR"] = logFolder,
    };

    /// <exception cref="Depth3DException">COLMAP is not installed or ended with an error; its last lines are in the text.</exception>
    /// <param name="mayFail">Exit code 1 is an answer and not a fault: the mapper found no model.</param>
    public async Task RunAsync(string command, IEnumerable<string> arguments, Action<string>? onLine = null, bool mayFail = false)
    {
        string[] all = [command, "--random_seed", seed.ToString(CultureInfo.InvariantCulture), .. arguments];
        var result = await ExternalProcess.RunAsync("colmap", all, cancellation, onLine, _environment).ConfigureAwait(false);
        if (result.ExitCode != 0 && !(mayFail && result.ExitCode == 1))
        {
            throw new Depth3DException($"colmap {command} ended with code {result.ExitCode}; its last words:\n{result.OutputTail}",
                remedy: "run: depth3d doctor", kind: FailureKind.Transient);
        }
    }
}
