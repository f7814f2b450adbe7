using Depth3D.Rendering.Effects;

namespace Depth3D.Cli.Running;

/// <summary>What an effect was made with.</summary>
/// <param name="Name">Of the result.</param>
/// <param name="Run">What it was made of: a folder, or a clip of a cluster.</param>
/// <param name="Settings">All of them, told apart by the property <c>effect</c>.</param>
internal sealed record EffectDescription(string Name, string Run, EffectSettings Settings);
