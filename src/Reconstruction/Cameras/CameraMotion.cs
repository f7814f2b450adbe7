using System.Text.Json.Serialization;

namespace Depth3D.Reconstruction.Cameras;

/// <summary>How the camera moves, as far as it decides what can be reconstructed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CameraMotion>))]
public enum CameraMotion
{
    /// <summary>It translates: depth can be triangulated.</summary>
    Parallax,

    /// <summary>It only turns: no parallax, translation is zero.</summary>
    RotationOnly,

    /// <summary>It stands still.</summary>
    Static,
}
