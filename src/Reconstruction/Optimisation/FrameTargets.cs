namespace Depth3D.Reconstruction.Optimisation;

/// <summary>A frame and the flows from it that one backward pass looks at, by ascending target.</summary>
internal sealed record FrameTargets(int Frame, IReadOnlyList<DirectedFlow> Flows)
{
    public int Pairs => Flows.Count;

    /// <summary>The same in parts of at most <paramref name="most"/> targets.</summary>
    public IEnumerable<FrameTargets> Split(int most) => Flows.Chunk(most).Select(part => this with { Flows = part });
}
