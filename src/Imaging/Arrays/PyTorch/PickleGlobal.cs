namespace Depth3D.Imaging;

/// <summary>A name in Python's world that a pickle refers to. Only a name: nothing is ever looked up or called by it.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}
