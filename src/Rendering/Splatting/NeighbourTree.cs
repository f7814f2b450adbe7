using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Depth3D.Rendering.Splatting;

/// <summary>A k-d tree over points, with points of a leaf side by side in memory. Answers mean distances to nearest neighbours.</summary>
internal sealed class NeighbourTree
{
    private const int LeafSize = 32;

    private readonly float[] _x, _y, _z;
    private readonly int[] _order;
    private readonly List<Node> _nodes = [];

    public NeighbourTree(PointCloud cloud)
    {
        _order = [.. Enumerable.Range(0, cloud.Count)];
        if (cloud.Count > 0) Build(cloud, 0, cloud.Count);
        _x = new float[cloud.Count];
        _y = new float[cloud.Count];
        _z = new float[cloud.Count];
        for (var i = 0; i < _order.Length; i++) (_x[i], _y[i], _z[i]) = (cloud.X[_order[i]], cloud.Y[_order[i]], cloud.Z[_order[i]]);
    }

    /// <summary>For each point the mean distance to its <paramref name="neighbours"/> nearest points, itself (distance 0) counted.</summary>
    public float[] MeanDistances(int neighbours) => Distances(neighbours, nearest =>
    {
        double sum = 0;
        foreach (var squared in nearest) sum += Math.Sqrt(squared);
        return (float)(sum / nearest.Length);
    });

    /// <summary>For each point the distance to the last of its <paramref name="neighbours"/> nearest points, itself (distance 0) counted.</summary>
    public float[] FarthestDistances(int neighbours) => Distances(neighbours, nearest => MathF.Sqrt(nearest[^1]));

    private float[] Distances(int neighbours, Func<ReadOnlySpan<float>, float> reduce)
    {
        var distances = new float[_order.Length];
        var count = Math.Min(neighbours, _order.Length);
        const int block = 4096;
        Parallel.For(0, (_order.Length + block - 1) / block, b =>
        {
            Span<float> nearest = stackalloc float[count];
            nearest.Fill(float.PositiveInfinity);
            for (var i = b * block; i < Math.Min((b + 1) * block, _order.Length); i++)
            {
                nearest.Fill(i == b * block ? float.PositiveInfinity : Bound(i, nearest[^1]));
                Search(0, _x[i], _y[i], _z[i], nearest);
                distances[_order[i]] = reduce(nearest);
            }
        });
        return distances;
    }

    /// <summary>
    /// The point before this one in memory lies near, so this one's farthest neighbour is no farther than that one's plus the way between them.
    /// A share of a thousandth makes up for rounding.
    /// </summary>
    private float Bound(int i, float squaredBefore)
    {
        float dx = _x[i] - _x[i - 1], dy = _y[i] - _y[i - 1], dz = _z[i] - _z[i - 1];
        var radius = MathF.Sqrt(squaredBefore) + MathF.Sqrt((dx * dx) + (dy * dy) + (dz * dz));
        return (radius * radius * 1.001f) + float.Epsilon;
    }

    /// <summary>Children follow their parent: the left one directly, the right one at <see cref="Node.Right"/>.</summary>
    private int Build(PointCloud cloud, int first, int end)
    {
        var index = _nodes.Count;
        _nodes.Add(default);
        if (end - first <= LeafSize)
        {
            _nodes[index] = new Node(first, end, -1, 0, 0);
            return index;
        }

        var (axis, values) = WidestAxis(cloud, first, end);
        var middle = (first + end) / 2;
        Select(values, first, end - 1, middle);
        var split = values[_order[middle]];
        Build(cloud, first, middle);
        _nodes[index] = new Node(first, end, Build(cloud, middle, end), axis, split);
        return index;
    }

    private (int Axis, float[] Values) WidestAxis(PointCloud cloud, int first, int end)
    {
        float[][] axes = [cloud.X, cloud.Y, cloud.Z];
        var (best, widest) = (0, -1f);
        for (var axis = 0; axis < 3; axis++)
        {
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            for (var i = first; i < end; i++)
            {
                var value = axes[axis][_order[i]];
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }

            if (high - low > widest) (best, widest) = (axis, high - low);
        }

        return (best, axes[best]);
    }

    /// <summary>Quickselect with the median of three.</summary>
    private void Select(float[] values, int low, int high, int target)
    {
        while (low < high)
        {
            float a = values[_order[low]], b = values[_order[(low + high) / 2]], c = values[_order[high]];
            var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            int i = low, j = high;
            while (i <= j)
            {
                while (values[_order[i]] < pivot) i++;
                while (values[_order[j]] > pivot) j--;
                if (i > j) break;
                (_order[i], _order[j]) = (_order[j], _order[i]);
                i++;
                j--;
            }

            if (target <= j) high = j;
            else if (target >= i) low = i;
            else return;
        }
    }

    private void Search(int index, float x, float y, float z, Span<float> nearest)
    {
        ref readonly var node = ref CollectionsMarshal.AsSpan(_nodes)[index];
        if (node.Right < 0)
        {
            Scan(node.First, node.End, x, y, z, nearest);
            return;
        }

        var offset = (node.Axis == 0 ? x : node.Axis == 1 ? y : z) - node.Split;
        var (near, far) = offset < 0 ? (index + 1, node.Right) : (node.Right, index + 1);
        Search(near, x, y, z, nearest);
        if (offset * offset < nearest[^1]) Search(far, x, y, z, nearest);
    }

    private void Scan(int first, int end, float x, float y, float z, Span<float> nearest)
    {
        Vector256<float> vx = Vector256.Create(x), vy = Vector256.Create(y), vz = Vector256.Create(z);
        var i = first;
        for (; i + 8 <= end; i += 8)
        {
            var dx = Vector256.LoadUnsafe(ref _x[i]) - vx;
            var dy = Vector256.LoadUnsafe(ref _y[i]) - vy;
            var dz = Vector256.LoadUnsafe(ref _z[i]) - vz;
            var squared = (dx * dx) + (dy * dy) + (dz * dz);
            var bits = Vector256.LessThan(squared, Vector256.Create(nearest[^1])).ExtractMostSignificantBits();
            for (; bits != 0; bits &= bits - 1) Insert(squared.GetElement(BitOperations.TrailingZeroCount(bits)), nearest);
        }

        for (; i < end; i++)
        {
            float dx = _x[i] - x, dy = _y[i] - y, dz = _z[i] - z;
            Insert((dx * dx) + (dy * dy) + (dz * dz), nearest);
        }
    }

    private static void Insert(float squared, Span<float> nearest)
    {
        var k = nearest.Length - 1;
        if (squared >= nearest[k]) return;
        for (; k > 0 && nearest[k - 1] > squared; k--) nearest[k] = nearest[k - 1];
        nearest[k] = squared;
    }

    private readonly record struct Node(int First, int End, int Right, int Axis, float Split);
}
