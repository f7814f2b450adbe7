using System.Text.Json.Serialization;
using Depth3D.Pipeline.Loops;
using Depth3D.Rendering.Effects;

namespace Depth3D.Pipeline;

/// <summary>Everything that decides the result of recipe <c>depth</c>. Stored with the clip; never changed after submission.</summary>
public sealed record DepthOptions
{
    /// <summary>Absolute path of the source: a video file or a folder of images.</summary>
    public required string SourcePath { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public int Seed { get; init; } = 1;

    public FramesOptions Frames { get; init; } = new();

    public MasksOptions Masks { get; init; } = new();

    public CamerasOptions Cameras { get; init; } = new();

    public PriorOptions Prior { get; init; } = new();

    public FlowOptions Flow { get; init; } = new();

    public TrainOptions Train { get; init; } = new();

    public OutputOptions Output { get; init; } = new();

    /// <summary>Recipe <c>effect</c>: what is made of a finished run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EffectSettings? Effect { get; init; }

    /// <summary>Recipe <c>export</c>: which files are made of a finished run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExportOptions? Export { get; init; }

    /// <summary>Recipe <c>loop</c>: how the source becomes a loop.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LoopOptions? Loop { get; init; }
}
