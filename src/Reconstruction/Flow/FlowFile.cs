using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Reconstruction.Flow;

/// <summary>The NPZ of one pair: <c>flow_i_j</c>, <c>flow_j_i</c> f32 [H, W, 2]; <c>valid_i</c>, <c>valid_j</c> u8 [H, W], 1 = valid, named by
/// the pair's place (1, 2) and not by frame number.</summary>
public static class FlowFile
{
    public static void Write(string path, FlowPair pair) => Npz.Write(path,
        ("flow_1_2", NpyArray.From(pair.Forward)), ("flow_2_1", NpyArray.From(pair.Backward)),
        ("valid_1", NpyArray.From(pair.ForwardValid)), ("valid_2", NpyArray.From(pair.BackwardValid)),
        ("frames", NpyArray.From([pair.Frame1, pair.Frame2], 2)));

    /// <exception cref="Depth3DException">The file is not a flow pair.</exception>
    public static FlowPair Read(string path)
    {
        var entries = Npz.Read(path);
        var frames = Entry("frames").As<int>();
        return new FlowPair(frames[0], frames[1], Entry("flow_1_2").ToRaster<float>(), Entry("flow_2_1").ToRaster<float>(),
            Entry("valid_1").ToRaster<byte>(), Entry("valid_2").ToRaster<byte>());

        NpyArray Entry(string name) => entries.TryGetValue(name, out var array)
            ? array
            : throw new Depth3DException(string.Create(CultureInfo.InvariantCulture, $"no array '{name}' in a flow file of {entries.Count} arrays"),
                path, "its stored flow is damaged: run again with --fresh", FailureKind.Storage);
    }
}
