using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>
/// Per-frame depth maps in a folder: NPY [H, W] f32, or NPZ with such an array under <c>depth</c>, one file per frame, in ordinal order of their
/// names.
/// </summary>
public sealed class DepthFolder
{
    private readonly string[] _paths;

    private DepthFolder(string path, string[] paths) => (Path, _paths) = (path, paths);

    public string Path { get; }

    public int Count => _paths.Length;

    /// <param name="prefix">What file names begin with, as <c>prior_</c>; empty for every NPY or NPZ file.</param>
    /// <exception cref="Depth3DException">There is no such folder, or no depth map in it.</exception>
    public static DepthFolder Open(string path, string prefix = "")
    {
        if (!Directory.Exists(path)) throw new Depth3DException("no such folder", path, "check the path");
        var paths = Directory.GetFiles(path)
            .Where(p => System.IO.Path.GetFileName(p).StartsWith(prefix, StringComparison.Ordinal))
            .Where(p => System.IO.Path.GetExtension(p) is ".npy" or ".npz")
            .Order(StringComparer.Ordinal).ToArray();
        if (paths.Length == 0)
            throw new Depth3DException($"no depth map is called {prefix}*.npy or {prefix}*.npz here", path, "check the folder");
        return new DepthFolder(path, paths);
    }

    /// <exception cref="Depth3DException">There are fewer files, or the file holds no depth map.</exception>
    public Raster<float> Read(int index)
    {
        if ((uint)index >= (uint)_paths.Length)
            throw new Depth3DException($"{_paths.Length} depth maps, one for frame {index} was expected too", Path, "check that both folders hold the same clip");
        var path = _paths[index];
        return ToRaster(path.EndsWith(".npz", StringComparison.Ordinal) ? FromNpz(path) : Npy.Read(path), path);
    }

    private static NpyArray FromNpz(string path) => Npz.Read(path).TryGetValue("depth", out var array)
        ? array
        : throw new Depth3DException("no array is called 'depth'", path, "save the depth map under this key");

    private static Raster<float> ToRaster(NpyArray array, string path)
    {
        // Published test-time outputs are [1, 1, H, W] (spec 6).
        var shape = array.Shape.SkipWhile((side, i) => side == 1 && array.Shape.Count - i > 2).ToArray();
        if (array.DType != DType.Float32 || shape.Length != 2 || array.Count == 0)
            throw new Depth3DException($"{array.DType} of shape ({string.Join(", ", array.Shape)}), f32 [H, W] was expected", path, "save it as float32, one map per file");
        return new Raster<float>(shape[1], shape[0], 1, array.As<float>().ToArray());
    }
}
