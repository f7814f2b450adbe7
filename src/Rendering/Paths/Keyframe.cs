namespace Depth3D.Rendering.Paths;

/// <summary>One keyframe of a camera path, as its file has it.</summary>
internal sealed record Keyframe
{
    public double? Frame { get; init; }

    /// <summary>Centre of the camera.</summary>
    public double[]? Position { get; init; }

    /// <summary>A point it looks at; else <see cref="Rotation"/>.</summary>
    public double[]? LookAt { get; init; }

    /// <summary>What is up in the picture, with <see cref="LookAt"/>; minus y if left out.</summary>
    public double[]? Up { get; init; }

    /// <summary>Quaternion w, x, y, z that turns camera axes (OpenCV) into those of the reference.</summary>
    public double[]? Rotation { get; init; }

    /// <summary>Vertical, degrees; the source's if left out.</summary>
    public double? FieldOfView { get; init; }
}
