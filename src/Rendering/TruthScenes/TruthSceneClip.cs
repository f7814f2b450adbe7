using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Effects;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>
/// A truth scene as a clip of which depth, cameras and masks are exact: what effects are measured on. Frames are rendered when they are asked for,
/// the latest ones are kept. Safe to share between threads.
/// </summary>
public sealed class TruthSceneClip : ISceneClip
{
    private const int KeptFrames = 4;

    private readonly Lock _lock = new();
    private readonly Queue<(int FrameIndex, TruthFrame Frame)> _kept = new();
    private readonly Lazy<DepthRange> _range;

    /// <param name="width">Even, 8 to 8192 pixels; so is <paramref name="height"/>.</param>
    /// <param name="samples">Of colour, per pixel and axis.</param>
    public TruthSceneClip(TruthScene scene, int width, int height, int samples = TruthRenderer.Supersampling)
    {
        Samples = samples;
        TruthRenderer.Check(scene, 0, width, height);
        Scene = scene;
        Intrinsics = scene.Intrinsics(width, height);
        _range = new(() => DepthRange.Measure(FrameCount, i => Frame(i).Depth.Samples, CancellationToken.None));
    }

    public TruthScene Scene { get; }

    /// <summary>Of colour, per pixel and axis.</summary>
    public int Samples { get; }

    public string Name => Scene.Name;

    public int FrameCount => Scene.FrameCount;

    public double FramesPerSecond => Scene.FramesPerSecond;

    public Intrinsics Intrinsics { get; }

    public DepthRange DepthRange => _range.Value;

    public RigidTransform CamFromWorld(int frameIndex) => Scene.CamFromWorld(frameIndex);

    public Raster<byte> Rgb(int frameIndex) => Frame(frameIndex).Rgb.Clone();

    public Raster<float> Depth(int frameIndex) => Frame(frameIndex).Depth.Clone();

    public Raster<byte> Moving(int frameIndex) => Frame(frameIndex).MovingMask.Clone();

    /// <summary>Everything that is known about a frame; not to be written to.</summary>
    public TruthFrame Frame(int frameIndex)
    {
        lock (_lock)
            foreach (var (index, frame) in _kept)
                if (index == frameIndex) return frame;
        var rendered = TruthRenderer.Render(Scene, frameIndex, Intrinsics, CamFromWorld(frameIndex), Samples);
        lock (_lock)
        {
            _kept.Enqueue((frameIndex, rendered));
            if (_kept.Count > KeptFrames) _kept.Dequeue();
        }

        return rendered;
    }

    /// <summary>What another camera would have seen at the moment of a frame.</summary>
    public TruthFrame Seen(int frameIndex, Intrinsics intrinsics, RigidTransform camFromWorld) =>
        TruthRenderer.Render(Scene, frameIndex, intrinsics, camFromWorld, Samples);
}
