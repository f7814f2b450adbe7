using System.Collections;
using System.Globalization;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>
/// What a child sees of its node's environment: names on a list, never the node's secrets and nothing that a clip could bring in. What
/// bounds its threads and its devices is set here.
/// </summary>
internal static class ChildEnvironment
{
    /// <summary>
    /// Tells a node's children, and whatever they start, from every other process. No setting is called so: a shell that holds a node's settings must
    /// not be taken for one of its children.
    /// </summary>
    public const string NodeVariable = "DEPTH3D_CHILD_OF";

    /// <summary>Tells one child and whatever it starts from all others.</summary>
    public const string ChildVariable = "DEPTH3D_CHILD";

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "LD_LIBRARY_PATH", "CUDA_HOME", "CUDA_PATH", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME",
        "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM", "OMP_WAIT_POLICY", "DEPTH3D_MODELS",

        // Which arithmetic the libraries choose, and how memory is got: a child ends with the same last digits as its node would.
        "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "ATEN_CPU_CAPABILITY", "MKL_CBWR", "MKL_ENABLE_INSTRUCTIONS", "GLIBC_TUNABLES",
    };

    private static readonly string[] Prefixes = ["LC_", "DOTNET_", "NVIDIA_"];

    /// <param name="node">The node's own environment.</param>
    /// <param name="slot">Where the child computes.</param>
    /// <param name="cores">Threads that native libraries and the runtime may use.</param>
    /// <param name="temporary">Folder for temporary files.</param>
    public static Dictionary<string, string> Of(IDictionary node, Slot slot, int cores, string temporary)
    {
        var child = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in node)
        {
            if (variable is { Key: string name, Value: string value } && IsPassed(name)) child[name] = value;
        }

        var threads = cores.ToString(CultureInfo.InvariantCulture);
        foreach (var name in (string[])["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "DOTNET_PROCESSOR_COUNT"]) child[name] = threads;
        child.TryAdd("OMP_WAIT_POLICY", "passive");
        child["CUDA_VISIBLE_DEVICES"] = string.Join(',', slot.Gpus.Select(g => g.Uuid));
        child["TMPDIR"] = temporary;
        return child;
    }

    private static bool IsPassed(string name) => Names.Contains(name) || Array.Exists(Prefixes, p => name.StartsWith(p, StringComparison.Ordinal));
}
