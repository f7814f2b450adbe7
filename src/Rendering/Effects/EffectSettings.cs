using System.Text.Json.Serialization;
using Depth3D.Messages;

namespace Depth3D.Rendering.Effects;

/// <summary>
/// What an effect makes of a run, as it is stored with the clip: one record per effect, told apart by the property <c>effect</c>. Everything that
/// decides the pictures is in here or in the <see cref="Files"/> it names.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "effect")]
[JsonDerivedType(typeof(PointClouds.PointCloudSettings), "pointcloud")]
[JsonDerivedType(typeof(Focus.FocusSettings), "focus")]
[JsonDerivedType(typeof(Fog.FogSettings), "fog")]
[JsonDerivedType(typeof(Relight.RelightSettings), "relight")]
[JsonDerivedType(typeof(Background.BackgroundSettings), "background")]
[JsonDerivedType(typeof(Insert.InsertSettings), "insert")]
[JsonDerivedType(typeof(DollyZoom.DollyZoomSettings), "dolly-zoom")]
[JsonDerivedType(typeof(Stereo.StereoSettings), "stereo")]
public abstract record EffectSettings
{
    /// <summary>
    /// Of the effect's code: raised where the same settings make other pictures. It is stored along with the settings, so that a result of another version
    /// is made anew instead of being taken for this one's.
    /// </summary>
    public virtual int Version => 1;

    /// <summary>Files outside the run that the effect reads: what each is for, and its path. In a fixed order.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<(string Role, string Path)> Files => [];

    /// <summary>The same settings with every path in <see cref="Files"/> replaced.</summary>
    public virtual EffectSettings WithFiles(Func<string, string> place) => this;

    /// <summary>Checks the settings, reads the <see cref="Files"/>, and makes the effect.</summary>
    /// <exception cref="Depth3DException">A setting or a file makes no sense; names which, and what to give.</exception>
    public abstract IEffect Open();
}
