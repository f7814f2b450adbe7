namespace Depth3D.Cluster.Operations;

/// <summary>Shows a list property of a result as a table of its own, under this title.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PartAttribute(string title) : Attribute
{
    public string Title => title;
}
