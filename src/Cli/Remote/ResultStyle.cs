namespace Depth3D.Cli.Remote;

/// <summary>How a result is printed.</summary>
internal enum ResultStyle
{
    Table,
    Json,

    /// <summary>Ids alone, one per line, for other commands to read.</summary>
    Quiet,
}
