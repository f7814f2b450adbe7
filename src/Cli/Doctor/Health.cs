namespace Depth3D.Cli.Doctor;

/// <summary>How one part of the installation is.</summary>
internal enum Health
{
    Ok,

    /// <summary>Works, but slower or without an optional part.</summary>
    Warning,

    /// <summary>The main job cannot run.</summary>
    Missing,
}
