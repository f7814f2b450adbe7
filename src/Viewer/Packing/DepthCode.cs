namespace Depth3D.Viewer.Packing;

/// <summary>
/// Depth in 16 bits: code c from 1 to 65535 is z = near * (far / near)^((c - 1) / 65534), 0 is no depth. The error relative to z is the same at every
/// depth, half of ln(far / near) / 65534: less than a ten-thousandth up to ratios of 400 000.
/// </summary>
internal readonly record struct DepthCode(float Near, float Far)
{
    public const int Steps = 65534;

    private double Span => Math.Log((double)Far / Near);

    /// <summary>Codes for all depths that are positive and finite.</summary>
    public static DepthCode For(ReadOnlySpan<float> depths)
    {
        float near = float.PositiveInfinity, far = 0;
        foreach (var z in depths)
        {
            if (!Codes(z)) continue;
            near = Math.Min(near, z);
            far = Math.Max(far, z);
        }

        return far > 0 ? new(near, far) : new(1, 1);
    }

    public ushort Encode(float z)
    {
        if (!Codes(z)) return 0;
        var span = Span;
        return span > 0 ? (ushort)(1 + Math.Clamp(Math.Round(Math.Log((double)z / Near) / span * Steps), 0, Steps)) : (ushort)1;
    }

    public float Decode(ushort code) => code == 0 ? 0 : (float)(Near * Math.Exp(Span * (code - 1) / Steps));

    private static bool Codes(float z) => z > 0 && float.IsFinite(z);
}
