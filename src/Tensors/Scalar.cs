namespace TorchSharp;

/// <summary>A number that keeps its kind: an integer added to an integer tensor stays an integer.</summary>
public readonly struct Scalar
{
    internal readonly long Bits;
    internal readonly long Kind;

    private Scalar(long bits, long kind) => (Bits, Kind) = (bits, kind);

    public static implicit operator Scalar(byte value) => new(value, 0);

    public static implicit operator Scalar(short value) => new(value, 0);

    public static implicit operator Scalar(int value) => new(value, 0);

    public static implicit operator Scalar(long value) => new(value, 0);

    public static implicit operator Scalar(float value) => new(BitConverter.DoubleToInt64Bits(value), 1);

    public static implicit operator Scalar(double value) => new(BitConverter.DoubleToInt64Bits(value), 1);

    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, 2);

    /// <summary>The value as a double, whatever its kind.</summary>
    public double ToDouble() => Kind == 1 ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    public float ToSingle() => (float)ToDouble();

    public long ToInt64() => Kind == 1 ? (long)BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal bool IsFloat => Kind == 1;
}
