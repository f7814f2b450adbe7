using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>Logits of RGBA texels, Adam's moments of them, and what is drawn: activated, colours times alpha.</summary>
public sealed class TexelState(int numbers)
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f;

    /// <summary>Beyond these logits nothing is left to gain (<see cref="LoopTexels.Edge"/>).</summary>
    private static readonly float MostLogit = LoopTexels.Logit(1);

    public float[] Logits { get; } = new float[numbers];

    public float[] First { get; } = new float[numbers];

    public float[] Second { get; } = new float[numbers];

    public float[] Drawn { get; } = new float[numbers];

    /// <summary>All numbers from the logits.</summary>
    public void Draw()
    {
        var n = 0;
        for (; n <= Logits.Length - 8; n += 8) Activate(Vector256.LoadUnsafe(ref Logits[n])).StoreUnsafe(ref Drawn[n]);
        for (; n < Logits.Length; n += 4) Activate(Two(Logits, n)).GetLower().StoreUnsafe(ref Drawn[n]);
    }

    /// <summary>
    /// One update of Adam for the numbers from <paramref name="at"/>, whose gradient is cleared, and what is drawn of them. Moments of texels that no
    /// patch touches stay as they are (spec 10.1.2).
    /// </summary>
    /// <param name="gradient">By what is drawn: premultiplied colour and alpha.</param>
    /// <param name="count">Four (one texel) or a multiple of eight.</param>
    /// <param name="rate">Learning rate of colours and of alpha, already over 1 - beta1^n.</param>
    /// <param name="correction">1 / (1 - beta2^n).</param>
    /// <param name="epsilon">Below such a gradient steps get shorter.</param>
    public void Step(float[] gradient, int gradientAt, int at, int count, Vector256<float> rate, float correction, float epsilon)
    {
        ref var logits = ref MemoryMarshal.GetArrayDataReference(Logits);
        for (var n = 0; n < count; n += 8)
        {
            var half = count - n < 8;
            var (theta, by) = half ? (Two(Logits, at + n), Two(gradient, gradientAt + n)) : (Vector256.LoadUnsafe(ref Logits[at + n]), Vector256.LoadUnsafe(ref gradient[gradientAt + n]));
            var slope = Slope(by, half ? Two(Drawn, at + n) : Vector256.LoadUnsafe(ref Drawn[at + n]));
            var first = Lerp(half ? Two(First, at + n) : Vector256.LoadUnsafe(ref First[at + n]), slope, Beta1);
            var second = Lerp(half ? Two(Second, at + n) : Vector256.LoadUnsafe(ref Second[at + n]), slope * slope, Beta2);
            theta -= rate * first / (Vector256.Sqrt(second * correction) + Vector256.Create(epsilon));
            theta = Vector256.Min(Vector256.Max(theta, Vector256.Create(-MostLogit)), Vector256.Create(MostLogit));
            Store(theta, Logits, at + n, half);
            Store(first, First, at + n, half);
            Store(second, Second, at + n, half);
            Store(Activate(theta), Drawn, at + n, half);
        }

        gradient.AsSpan(gradientAt, count).Clear();
    }

    /// <summary>Gradient by the logits: of a colour c and alpha a drawn as (a c, a).</summary>
    private static Vector256<float> Slope(Vector256<float> gradient, Vector256<float> drawn)
    {
        var alpha = SpreadAlpha(drawn);
        var colour = drawn / alpha;
        var byColour = gradient * alpha * colour * (Vector256<float>.One - colour);
        var terms = Vector256.ConditionalSelect(ColourLanes, gradient * colour, gradient);
        var byAlpha = SumOfFour(terms) * alpha * (Vector256<float>.One - alpha);
        return Vector256.ConditionalSelect(ColourLanes, byColour, byAlpha);
    }

    private static Vector256<float> Activate(Vector256<float> logits)
    {
        var value = Vector256<float>.One / (Vector256<float>.One + Vector256.Exp(-logits));
        return Vector256.ConditionalSelect(ColourLanes, value * SpreadAlpha(value), value);
    }

    internal static Vector256<float> ColourLanes { get; } = Vector256.Create(-1, -1, -1, 0, -1, -1, -1, 0).AsSingle();

    /// <summary>The fourth number of each texel in all four places.</summary>
    internal static Vector256<float> SpreadAlpha(Vector256<float> texels) =>
        Vector256.Shuffle(texels, Vector256.Create(3, 3, 3, 3, 7, 7, 7, 7));

    /// <summary>The sum of each texel's four numbers in all four places.</summary>
    internal static Vector256<float> SumOfFour(Vector256<float> texels)
    {
        var pairs = texels + Vector256.Shuffle(texels, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));
        return pairs + Vector256.Shuffle(pairs, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5));
    }

    private static Vector256<float> Lerp(Vector256<float> old, Vector256<float> value, float keep) => (old * keep) + (value * (1 - keep));

    private static Vector256<float> Two(float[] from, int at)
    {
        var one = Vector128.LoadUnsafe(ref from[at]);
        return Vector256.Create(one, one);
    }

    private static void Store(Vector256<float> value, float[] to, int at, bool half)
    {
        if (half) value.GetLower().StoreUnsafe(ref to[at]);
        else value.StoreUnsafe(ref to[at]);
    }
}
