using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Pipeline.Loops;

/// <summary>Where a loop was filmed from, and the planes it is put on. The unit is the distance of the nearest point (spec 1.3, 9.2).</summary>
public sealed record LoopCameras
{
    public required LoopGeometry Geometry { get; init; }

    /// <summary>The views that take part, by index; views without a camera are not among them.</summary>
    public required IReadOnlyList<LoopView> Views { get; init; }

    /// <summary>Indices of the views whose loss has large patches (spec 5.3).</summary>
    public required IReadOnlyList<int> ReferenceViews { get; init; }

    /// <summary>Index of the view that is only measured against; null for none.</summary>
    public int? HeldOutView { get; init; }

    /// <summary>Units of the source's cameras in one unit of the loop.</summary>
    public double UnitsOfSource { get; init; } = 1;

    public required IReadOnlyList<LoopChoice> Choices { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
