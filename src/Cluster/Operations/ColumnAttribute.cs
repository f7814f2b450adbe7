namespace Depth3D.Cluster.Operations;

/// <summary>Shows a property of a result in tables. A property without it is in the JSON only.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnAttribute(string header, ColumnFormat format = ColumnFormat.Text) : Attribute
{
    public string Header => header;

    public ColumnFormat Format => format;

    /// <summary>What <c>--quiet</c> prints, one per line.</summary>
    public bool IsId { get; init; }
}
