using Depth3D.Rendering.Splatting;

namespace Depth3D.Rendering.Views;

/// <summary>
/// A cloud of bounded size that grows by frames: points share a voxel as wide as their pixel on the surface, so that what the camera saw closely
/// stays fine. The order of frames decides rounding only.
/// </summary>
/// <param name="mostPoints">When there are more, voxels double in width.</param>
internal sealed class VoxelCloud(int mostPoints)
{
    /// <summary>Voxels per axis on either side of the origin: 18 bits each beside 8 bits for the level.</summary>
    private const int Cells = 1 << 17;

    private const int LevelOffset = 128;

    private readonly Dictionary<ulong, int> _slots = [];
    private Voxel[] _voxels = new Voxel[1 << 16];
    private int _coarser;

    public int Count => _slots.Count;

    public void Add(PointCloud cloud)
    {
        for (var i = 0; i < cloud.Count; i++)
        {
            if (!(cloud.Diameters[i] > 0)) continue;
            double weight = 1 / ((double)cloud.Diameters[i] * cloud.Diameters[i]);
            var colour = cloud.Colours[i];
            Add(new Voxel(weight, cloud.X[i] * weight, cloud.Y[i] * weight, cloud.Z[i] * weight, cloud.Diameters[i] * weight,
                ((colour >> 16) & 255) * weight, ((colour >> 8) & 255) * weight, (colour & 255) * weight));
        }
    }

    /// <summary>One point per voxel, without voxels that finer ones cover.</summary>
    public PointCloud ToCloud()
    {
        var covered = Covered();
        var order = _slots.Where(s => !covered.Contains(s.Key)).Select(s => s.Value).Order().ToArray();
        var n = order.Length;
        var cloud = new PointCloud(new float[n], new float[n], new float[n], new float[n], new uint[n]);
        for (var k = 0; k < n; k++)
        {
            ref readonly var v = ref _voxels[order[k]];
            (cloud.X[k], cloud.Y[k], cloud.Z[k]) = ((float)(v.X / v.Weight), (float)(v.Y / v.Weight), (float)(v.Z / v.Weight));
            cloud.Diameters[k] = (float)Math.ScaleB(v.Diameter / v.Weight, _coarser);
            cloud.Colours[k] = (Grey(v.R / v.Weight) << 16) | (Grey(v.G / v.Weight) << 8) | Grey(v.B / v.Weight);
        }

        return cloud;
    }

    private static uint Grey(double value) => (uint)Math.Clamp(value + 0.5, 0, 255);

    private HashSet<ulong> Covered()
    {
        var children = new Dictionary<ulong, int>();
        foreach (var slot in _slots.Values)
        {
            ref readonly var v = ref _voxels[slot];
            if (Key(v, Level(v.Diameter / v.Weight) + 1) is { } parent && _slots.ContainsKey(parent))
                children[parent] = children.GetValueOrDefault(parent) + 1;
        }

        return [.. children.Where(c => c.Value >= 2).Select(c => c.Key)];
    }

    private void Add(in Voxel sample)
    {
        if (Key(sample, Level(sample.Diameter / sample.Weight)) is not { } key) return;
        if (_slots.TryGetValue(key, out var slot))
        {
            _voxels[slot] = _voxels[slot].With(sample);
            return;
        }

        if (_slots.Count == mostPoints)
        {
            Coarsen();
            Add(sample);
            return;
        }

        slot = _slots.Count;
        if (slot == _voxels.Length) Array.Resize(ref _voxels, 2 * slot);
        _voxels[slot] = sample;
        _slots.Add(key, slot);
    }

    private void Coarsen()
    {
        var old = _voxels.AsSpan(0, _slots.Count).ToArray();
        _coarser++;
        _slots.Clear();
        foreach (var voxel in old) Add(voxel);
    }

    private int Level(double diameter) => (int)Math.Floor(Math.Log2(diameter) + 0.5) + _coarser;

    private static ulong? Key(in Voxel v, int level)
    {
        double scale = Math.ScaleB(1 / v.Weight, -level), x = Math.Floor(v.X * scale), y = Math.Floor(v.Y * scale), z = Math.Floor(v.Z * scale);
        if (!(Math.Abs(x) < Cells && Math.Abs(y) < Cells && Math.Abs(z) < Cells) || level is < -LevelOffset or >= LevelOffset) return null;
        return ((ulong)(uint)(level + LevelOffset) << 54) | ((ulong)(x + Cells) << 36) | ((ulong)(y + Cells) << 18) | (ulong)(z + Cells);
    }

    /// <summary>Sums over points, each weighted by how closely it was seen.</summary>
    private readonly record struct Voxel(double Weight, double X, double Y, double Z, double Diameter, double R, double G, double B)
    {
        public Voxel With(in Voxel o) =>
            new(Weight + o.Weight, X + o.X, Y + o.Y, Z + o.Z, Diameter + o.Diameter, R + o.R, G + o.G, B + o.B);
    }
}
