namespace Depth3D.Pipeline;

/// <summary>How moving objects are found.</summary>
public sealed record MasksOptions
{
    /// <summary><c>motion</c>, <c>onnx:NAME</c>, <c>dir:PATH</c> or <c>none</c>.</summary>
    public string Method { get; init; } = "motion";

    /// <summary>Class names or ids that count as movable; empty means every class of the model's card that is marked movable.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Regions smaller than this share of the frame are dropped.</summary>
    public double MinAreaShare { get; init; } = 0.001;

    /// <summary>Keep only regions that touch this rectangle: x, y, width, height as shares of the frame; null for all.</summary>
    public IReadOnlyList<double>? Region { get; init; }

    /// <summary>Keep only the largest region of each frame.</summary>
    public bool LargestOnly { get; init; }

    /// <summary>Follow the chosen regions over time by flow, filling frames in which the detector missed them.</summary>
    public bool Follow { get; init; } = true;
}
