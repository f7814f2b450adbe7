namespace Depth3D.Cluster.Operations;

/// <summary>How a value is written for people. JSON always carries the plain value.</summary>
public enum ColumnFormat
{
    Text,
    Integer,

    /// <summary>A share from 0 to 1, shown as percent.</summary>
    Percent,
    Bytes,

    /// <summary>Seconds, shown as <c>1:02:03</c>.</summary>
    Duration,

    /// <summary>A moment, ISO 8601 in JSON.</summary>
    Time,

    /// <summary>A list of texts, joined by commas.</summary>
    List,

    /// <summary>Text of several lines, shown under the table.</summary>
    Block,
}
