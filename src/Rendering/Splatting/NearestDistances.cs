using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Depth3D.Rendering.Splatting;

/// <summary>The smallest of the squared distances it is shown, ascending, at most 32, in four registers.</summary>
internal struct NearestDistances
{
    public const int Most = 32;

    private Vector256<float> _a, _b, _c, _d;

    private static Vector256<int> Up => Vector256.Create(7, 0, 1, 2, 3, 4, 5, 6);

    private static Vector256<float> First => Vector256.Create(-1, 0, 0, 0, 0, 0, 0, 0).AsSingle();

    /// <param name="count">How many are kept; places that are left over hold what is smaller than any distance.</param>
    /// <param name="limit">What is known not to be exceeded by any of them.</param>
    public NearestDistances(int count, float limit)
    {
        Span<float> start = stackalloc float[Most];
        start[..(Most - count)].Fill(float.NegativeInfinity);
        start[(Most - count)..].Fill(limit);
        (_a, _b) = (Vector256.Create<float>(start), Vector256.Create<float>(start[8..]));
        (_c, _d) = (Vector256.Create<float>(start[16..]), Vector256.Create<float>(start[24..]));
    }

    /// <summary>The largest one that is kept; the limit until there are enough.</summary>
    public readonly float Last => _d.GetElement(7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float squared)
    {
        // A place takes the new value if that belongs there, its left neighbour if the value belongs farther left, or stays.
        var value = Vector256.Create(squared);
        Vector256<float> a = Vector256.Shuffle(_a, Up), b = Vector256.Shuffle(_b, Up), c = Vector256.Shuffle(_c, Up), d = Vector256.Shuffle(_d, Up);
        d = Vector256.ConditionalSelect(First, c, d);
        c = Vector256.ConditionalSelect(First, b, c);
        b = Vector256.ConditionalSelect(First, a, b);
        a = Vector256.ConditionalSelect(First, Vector256.Create(float.NegativeInfinity), a);
        _a = Vector256.Min(Vector256.Max(a, value), _a);
        _b = Vector256.Min(Vector256.Max(b, value), _b);
        _c = Vector256.Min(Vector256.Max(c, value), _c);
        _d = Vector256.Min(Vector256.Max(d, value), _d);
    }

    /// <summary>All places, ascending.</summary>
    public readonly void CopyTo(Span<float> places)
    {
        _a.CopyTo(places);
        _b.CopyTo(places[8..]);
        _c.CopyTo(places[16..]);
        _d.CopyTo(places[24..]);
    }
}
