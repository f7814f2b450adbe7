using Depth3D.Cluster;
using Depth3D.Messages;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Cli.Running;

/// <summary>What a loop is made of, as it lies on this machine.</summary>
/// <param name="Input">A value of <see cref="LoopInputs"/>.</param>
/// <param name="Path">Absolute.</param>
internal sealed record LoopSource(string Input, string Path)
{
    /// <summary>Leaves the kind to what lies there.</summary>
    public const string Auto = "auto";

    private static readonly string[] ImageEnds = [".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".exr"];

    /// <summary>The finished run's folder is told by its store, a folder of views by holding clips or folders of frames, a fixed camera is the rest.</summary>
    /// <exception cref="Depth3DException">There is nothing, or not what <paramref name="input"/> says.</exception>
    public static LoopSource Find(string path, string input)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!System.IO.Path.Exists(full))
            throw new Depth3DException("there is no such file or folder", full, "give a clip, a folder of clips, or the --out of a finished: depth3d run");
        var seen = Look(full);
        if (input == Auto || input == seen) return new LoopSource(seen, full);
        // A folder of images can be meant as neither; the stage that reads it says what it misses.
        if (input != LoopInputs.Run && seen != LoopInputs.Run && (input == LoopInputs.Fixed || Directory.Exists(full))) return new LoopSource(input, full);
        throw new Depth3DException($"is {Describe(seen)}, and --input says {input}", full, "leave --input away, or give what it says", FailureKind.Usage);
    }

    private static string Look(string full)
    {
        if (!Directory.Exists(full)) return LoopInputs.Fixed;
        if (new[] { full, System.IO.Path.Combine(full, "run") }.Any(f => Directory.Exists(System.IO.Path.Combine(f, FinishedRun.StoreFolder)))) return LoopInputs.Run;
        return Directory.EnumerateFiles(full).Any(f => ImageEnds.Contains(System.IO.Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)) ? LoopInputs.Fixed : LoopInputs.Views;
    }

    private static string Describe(string input) => input switch
    {
        LoopInputs.Run => "a finished run",
        LoopInputs.Views => "a folder without images",
        _ => "one clip",
    };
}
