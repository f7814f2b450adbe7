namespace Depth3D.Rendering.TruthScenes;

/// <summary>The yard that loops stand in: a closed room with textured walls. Lengths in metres.</summary>
internal static class LoopRoom
{
    /// <param name="back">Distance of the wall behind.</param>
    public static IEnumerable<Primitive> Walls(double back)
    {
        var paving = new Texture(TexturePattern.Slabs, new(0.62f, 0.58f, 0.52f), new(0.45f, 0.44f, 0.44f), 0.62, 353);
        var brick = new Texture(TexturePattern.Bricks, new(0.64f, 0.42f, 0.32f), new(0.52f, 0.32f, 0.25f), 0.5, 359);
        var plaster = new Texture(TexturePattern.Blocks, new(0.8f, 0.72f, 0.55f), new(0.6f, 0.55f, 0.45f), 0.7, 367, 0.7f);
        yield return new AxisPlane(new(0, -1, 0), 0, paving);
        yield return new AxisPlane(new(0, 0, -1), -back, brick);
        yield return new AxisPlane(new(1, 0, 0), -3.8, plaster);
        yield return new AxisPlane(new(-1, 0, 0), -3.8, plaster);
        yield return new AxisPlane(new(0, 0, 1), -3, brick);
        yield return new AxisPlane(new(0, 1, 0), -6, plaster);
    }
}
