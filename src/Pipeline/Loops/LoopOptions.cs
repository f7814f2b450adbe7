using System.Text.Json.Serialization;

namespace Depth3D.Pipeline.Loops;

/// <summary>
/// Everything that decides a loop beside what recipes share: the working size is <see cref="FramesOptions.LongSidePixels"/>, the depth of a fixed camera
/// <see cref="PriorOptions.Method"/>, the cameras of several views <see cref="CamerasOptions.Method"/>, threads, device and chunk length those of
/// <see cref="TrainOptions"/>, the film's path that of <see cref="OutputOptions"/>. What is null is chosen from the clip, and the report says how.
/// </summary>
public sealed record LoopOptions
{
    /// <summary>What the source is: <c>views</c>, a folder of clips of fixed cameras; <c>fixed</c>, one clip of a camera that stands; <c>run</c>, a finished run.</summary>
    public required string Input { get; init; }

    /// <summary><c>preview</c> or <c>studio</c>: where the numbers that are null come from.</summary>
    public string Profile { get; init; } = "preview";

    /// <summary>Planes of the scene; null for the profile's.</summary>
    public int? Planes { get; init; }

    /// <summary>Frames of the loop; null for the best period found.</summary>
    public int? Frames { get; init; }

    /// <summary>Side of a tile in texels while the scene is made and optimised; null for <see cref="SceneTileSize"/>'s choice. A package has tiles of at most 8.</summary>
    public int? TileSize { get; init; }

    /// <summary>
    /// The published 16 where several views find the surfaces. One camera's are known, and 8 leave a fifth more out: what leans changes its planes within a tile.
    /// </summary>
    [JsonIgnore]
    public int SceneTileSize => TileSize ?? (Input == LoopInputs.Views ? 16 : 8);

    /// <summary>Largest change of a colour, 0..1, that leaving tiles out may cause (spec 10.2).</summary>
    public double CullingBudget { get; init; } = 2.0 / 255;

    /// <summary>What a clip without repetition becomes: <c>refuse</c>, <c>ping-pong</c> or <c>static</c>.</summary>
    public string WhenNotLoopable { get; init; } = "refuse";

    /// <summary>View that is kept out of the optimisation and measured against, by number; null for none.</summary>
    public int? HeldOutView { get; init; }

    /// <summary>Views that get the loss with large patches; null for the choice of spec 10.5.2.</summary>
    public IReadOnlyList<int>? ReferenceViews { get; init; }

    /// <summary>Whether clips are checked for a camera that stands, and steadied where it trembles; false takes them as they are.</summary>
    public bool Stabilise { get; init; } = true;

    /// <summary>Passes over all patches of the static scene (stage 1); null for the profile's.</summary>
    public int? SceneEpochs { get; init; }

    /// <summary>Passes over all patches on each level of the loop (stage 2); null for the profile's. 0 leaves the loop as it was lifted.</summary>
    public int? LoopEpochs { get; init; }

    /// <summary>How often the film shows the loop; its camera path closes over that length.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>Whether the package also has its moving tiles as one film, colour above alpha, for viewers of other makers.</summary>
    public bool AlphaFilm { get; init; }
}
