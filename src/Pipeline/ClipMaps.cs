using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Pipeline;

/// <summary>The maps that the sequence and train stages read from earlier ones, each checked against the sizes the clip was given.</summary>
public sealed class ClipMaps(IArtifactReader inputs)
{
    public FramesInfo Frames { get; } = StageJson.Read<FramesInfo>(inputs.PathOf(Stages.Frames, Artifacts.FramesIndex));

    /// <summary>RGB picture of a frame, working size.</summary>
    public Raster<byte> Picture(int frame) => ImageFile.ReadRgb(inputs.PathOf(Stages.Frames, Artifacts.Frame(frame)));

    /// <summary>RGB picture of a frame, training size.</summary>
    public Raster<byte> TrainingPicture(int frame) => Resize.Area(Picture(frame), Frames.TrainWidth, Frames.TrainHeight);

    /// <summary>Prior depth z of a frame, working size, every value finite and positive.</summary>
    /// <exception cref="Depth3DException">The file is no depth map of this size.</exception>
    public Raster<float> Prior(int frame)
    {
        var path = inputs.PathOf(Stages.Prior, Artifacts.Prior(frame));
        var array = Npy.Read(path);
        if (!array.Shape.SequenceEqual([Frames.Height, Frames.Width]))
            throw WrongShape(path, "prior depth", array.Shape, [Frames.Height, Frames.Width]);
        var depth = array.ToRaster<float>();
        foreach (var d in depth.Samples)
        {
            if (!float.IsFinite(d) || d <= 0) throw DamagedArtifact.At(path, $"prior depth {d}; expected positive finite numbers");
        }

        return depth;
    }

    /// <summary>Moving mask of a frame, working size, 255 = moving; nothing moves where the masks stage wrote none.</summary>
    public Raster<byte> Mask(int frame)
    {
        if (!inputs.Exists(Stages.Masks, Artifacts.Mask(frame))) return new(Frames.Width, Frames.Height);
        var path = inputs.PathOf(Stages.Masks, Artifacts.Mask(frame));
        var mask = ImageFile.ReadGray(path);
        return mask.Width == Frames.Width && mask.Height == Frames.Height
            ? mask
            : throw WrongShape(path, "mask", [mask.Height, mask.Width], [Frames.Height, Frames.Width]);
    }

    /// <summary>Whether the flow stage measured this pair.</summary>
    public bool HasFlow(int frame1, int frame2) => inputs.Exists(Stages.Flow, Artifacts.Flow(frame1, frame2));

    /// <summary>Flow of a pair both ways, training size.</summary>
    public (DirectedFlow Forward, DirectedFlow Backward) Flow(int frame1, int frame2)
    {
        var path = inputs.PathOf(Stages.Flow, Artifacts.Flow(frame1, frame2));
        var arrays = Npz.Read(path);
        return (Directed(arrays, path, frame1, frame2, "flow_1_2", "valid_1"), Directed(arrays, path, frame2, frame1, "flow_2_1", "valid_2"));
    }

    private DirectedFlow Directed(IReadOnlyDictionary<string, NpyArray> arrays, string path, int from, int to, string flow, string valid)
    {
        int w = Frames.TrainWidth, h = Frames.TrainHeight;
        var f = Get(arrays, path, flow, [h, w, 2]).As<float>();
        return new DirectedFlow(from, to, w, h, f, Get(arrays, path, valid, [h, w]).As<byte>());
    }

    private static NpyArray Get(IReadOnlyDictionary<string, NpyArray> arrays, string path, string name, int[] shape)
    {
        if (!arrays.TryGetValue(name, out var array)) throw DamagedArtifact.At(path, $"has no array '{name}'");
        return array.Shape.SequenceEqual(shape) ? array : throw WrongShape(path, name, array.Shape, shape);
    }

    private static Depth3DException WrongShape(string path, string what, IEnumerable<int> got, IEnumerable<int> expected) =>
        DamagedArtifact.At(path, $"{what} has shape [{string.Join(", ", got)}]; expected [{string.Join(", ", expected)}]");
}
