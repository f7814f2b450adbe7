using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cluster.Workers.Gpus;

/// <summary>
/// The GPUs that this process holds. Guarantee: on one machine no two processes that lock in the same folder hold the same GPU, and a
/// process that dies holds none.
/// </summary>
public sealed class HeldGpus : IDisposable
{
    private readonly IReadOnlyList<FileLock> _locks;

    private HeldGpus(IReadOnlyList<GpuInfo> gpus, IReadOnlyList<GpuInfo> taken, IReadOnlyList<FileLock> locks) => (Gpus, Taken, _locks) = (gpus, taken, locks);

    public static HeldGpus None { get; } = new([], [], []);

    public IReadOnlyList<GpuInfo> Gpus { get; }

    /// <summary>GPUs of this machine that other processes hold.</summary>
    public IReadOnlyList<GpuInfo> Taken { get; }

    /// <summary>Takes every free GPU, or the ones that are named.</summary>
    /// <param name="present">GPUs of this machine.</param>
    /// <param name="wanted">UUIDs or parts of them by which they begin; null for all that are free.</param>
    /// <param name="folder">Where the locks lie; see <see cref="DefaultFolder"/>.</param>
    /// <exception cref="Depth3DException">A named GPU is not there, or another process holds it.</exception>
    public static HeldGpus Take(IReadOnlyList<GpuInfo> present, IReadOnlyList<string>? wanted, string folder)
    {
        ArgumentNullException.ThrowIfNull(present);
        var chosen = wanted is null ? present : [.. wanted.Select(name => Named(present, name)).Distinct()];
        var (mine, taken, locks) = (new List<GpuInfo>(), new List<GpuInfo>(), new List<FileLock>());
        Directory.CreateDirectory(folder);
        try
        {
            foreach (var gpu in chosen)
            {
                if (FileLock.TryTake(PathOf(folder, gpu), out var holder) is { } taking)
                {
                    mine.Add(gpu);
                    locks.Add(taking);
                }
                else if (wanted is null)
                {
                    taken.Add(gpu);
                }
                else
                {
                    throw new Depth3DException($"GPU {gpu.Uuid} ({gpu.Name}) is held by process {holder}", remedy: "stop that node, or leave this GPU to it", kind: FailureKind.Usage);
                }
            }

            return new HeldGpus(mine, taken, locks);
        }
        catch
        {
            locks.ForEach(l => l.Dispose());
            throw;
        }
    }

    /// <summary>A folder that all users' processes of a machine share where there is one, else the node's own.</summary>
    public static string DefaultFolder(string stateFolder)
    {
        const string shared = "/run/lock";
        try
        {
            var folder = Path.Combine(shared, "depth3d");
            if (Directory.Exists(shared)) Directory.CreateDirectory(folder);
            return DiskRoom.IsThere([folder], 1) ? folder : Path.Combine(stateFolder, "gpu");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Path.Combine(stateFolder, "gpu");
        }
    }

    public void Dispose()
    {
        foreach (var held in _locks) held.Dispose();
    }

    private static string PathOf(string folder, GpuInfo gpu) => Path.Combine(folder, $"gpu-{gpu.Uuid.Replace('/', '_')}.lock");

    private static GpuInfo Named(IReadOnlyList<GpuInfo> present, string name)
    {
        var matching = present.Where(g => name.Length > 0 && g.Uuid.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        return matching.Length == 1 ? matching[0] : throw new Depth3DException(
            matching.Length == 0 ? $"this machine has no GPU '{name}'" : $"'{name}' names {matching.Length} GPUs of this machine",
            remedy: $"its GPUs: {(present.Count > 0 ? string.Join(", ", present.Select(g => g.Uuid)) : "none")}", kind: FailureKind.Usage);
    }
}
