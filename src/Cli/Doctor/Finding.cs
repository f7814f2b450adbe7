namespace Depth3D.Cli.Doctor;

/// <summary>One line of <c>depth3d doctor</c>.</summary>
/// <param name="Detail">Version, place or reason.</param>
/// <param name="Mend">The command that puts it right, or null.</param>
internal sealed record Finding(string Part, Health Health, string Detail, string? Mend = null);
