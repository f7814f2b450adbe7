namespace Depth3D.Nodes.Render.Exports.Clouds;

/// <summary>Averages points in cubes. When there are too many cubes, eight become one. The result depends on the order of the points alone.</summary>
internal sealed class VoxelGrid(double side, int mostVoxels)
{
    private const int Bits = 21;
    private const long Middle = 1L << (Bits - 1);

    private readonly List<Sum> _sums = [];
    private Dictionary<long, int> _index = [];

    /// <summary>Side of a cube.</summary>
    public double Side { get; private set; } = side;

    public void Add(ExportCloud cloud, int point)
    {
        var at = 3 * point;
        Add(new Sum(cloud.Xyz[at], cloud.Xyz[at + 1], cloud.Xyz[at + 2], cloud.Rgb[at], cloud.Rgb[at + 1], cloud.Rgb[at + 2], cloud.Confidence[point], 1));
        while (_sums.Count > mostVoxels) Coarsen();
    }

    /// <summary>A point per cube, in the order of the cubes.</summary>
    public ExportCloud Means()
    {
        var order = _index.OrderBy(pair => pair.Key).Select(pair => _sums[pair.Value]).ToArray();
        var cloud = new ExportCloud(new float[3 * order.Length], new byte[3 * order.Length], new float[order.Length]);
        for (var i = 0; i < order.Length; i++)
        {
            var (s, n) = (order[i], order[i].Count);
            (cloud.Xyz[3 * i], cloud.Xyz[(3 * i) + 1], cloud.Xyz[(3 * i) + 2]) = ((float)(s.X / n), (float)(s.Y / n), (float)(s.Z / n));
            (cloud.Rgb[3 * i], cloud.Rgb[(3 * i) + 1], cloud.Rgb[(3 * i) + 2]) = (Byte(s.R / n), Byte(s.G / n), Byte(s.B / n));
            cloud.Confidence[i] = (float)(s.Confidence / n);
        }

        return cloud;
    }

    private void Add(Sum sum)
    {
        var key = (Cell(sum.X / sum.Count) << (2 * Bits)) | (Cell(sum.Y / sum.Count) << Bits) | Cell(sum.Z / sum.Count);
        if (_index.TryGetValue(key, out var i))
        {
            _sums[i] = _sums[i].Plus(sum);
            return;
        }

        _index.Add(key, _sums.Count);
        _sums.Add(sum);
    }

    private void Coarsen()
    {
        var old = _sums.ToArray();
        _sums.Clear();
        _index = new Dictionary<long, int>(old.Length / 2);
        Side *= 2;
        foreach (var sum in old) Add(sum);
    }

    /// <summary>What is a million cubes away is put into the outermost one.</summary>
    private long Cell(double v) => Math.Clamp((long)Math.Floor(Math.Clamp(v / Side, -Middle, Middle)) + Middle, 0, (2 * Middle) - 1);

    private static byte Byte(double v) => (byte)Math.Clamp(v + 0.5, 0, 255);

    private readonly record struct Sum(double X, double Y, double Z, double R, double G, double B, double Confidence, int Count)
    {
        public Sum Plus(Sum o) => new(X + o.X, Y + o.Y, Z + o.Z, R + o.R, G + o.G, B + o.B, Confidence + o.Confidence, Count + o.Count);
    }
}
