namespace Depth3D.Imaging;

/// <summary>Element type of a stored array. The numbers are those of LibTorch's scalar types where it has them.</summary>
public enum DType
{
    UInt8 = 0,
    Int8 = 1,
    Int16 = 2,
    Int32 = 3,
    Int64 = 4,
    Float16 = 5,
    Float32 = 6,
    Float64 = 7,
    Bool = 11,
    UInt16 = 27,
    UInt32 = 28,
    UInt64 = 29,
}
