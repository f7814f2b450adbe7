using Depth3D.Inference.Images;
using Depth3D.Inference.Registry;

namespace Depth3D.Inference.Tests;

public sealed class ImageTensorTests
{
    private static readonly byte[] TwoPixels = [255, 0, 51, 0, 102, 255];

    [Fact]
    public void Packs_planes_in_the_cards_order_scale_and_statistics()
    {
        var rgb = ImagePacker.Pack(TwoPixels, 2, 1, new ModelInput { Name = "x" });
        Assert.Equal([1, 3, 1, 2], rgb.Shape);
        Assert.Equal([1, 0, 0, 0.4f, 0.2f, 1], rgb.Values);
        var bgr = ImagePacker.Pack(TwoPixels, 2, 1, new ModelInput { Name = "x", Channels = ChannelOrder.Bgr, Scale = 1 });
        Assert.Equal([51, 255, 0, 102, 255, 0], bgr.Values);
        var last = ImagePacker.Pack(TwoPixels, 2, 1, new ModelInput { Name = "x", Layout = PixelLayout.Nhwc, Scale = 1 });
        Assert.Equal([1, 1, 2, 3], last.Shape);
        Assert.Equal(TwoPixels.Select(b => (float)b), last.Values);
        var normal = ImagePacker.Pack(TwoPixels, 2, 1, new ModelInput { Name = "x", Mean = [0.5, 0.5, 0], Std = [0.5, 1, 2] });
        Assert.Equal([1, -1, -0.5f, -0.1f, 0.1f, 0.5f], normal.Values.Select(v => MathF.Round(v, 5)));
    }

    [Fact]
    public void Class_scores_reduce_to_the_best_class_and_probabilities()
    {
        var logits = new OnnxTensor([1, 5, 0, 2, 1, 900, 1, 1, -900], 1, 3, 1, 3);
        Assert.Equal([1, 0, 1], ClassScores.ArgMax(logits).AsEnumerable().Select(b => (int)b));
        var p = ClassScores.Probability(logits, [0, 2]);
        Assert.Equal((2 * Math.E) / ((2 * Math.E) + (Math.E * Math.E)), p[0], 1e-6);
        Assert.Equal(0, p[2]);
        Assert.All(ClassScores.Probability(logits, [0, 1, 2]), v => Assert.Equal(1, v, 1e-6));
    }

    [Fact]
    public void Detection_cells_become_boxes_thinned_by_overlap()
    {
        const int Side = 4, Classes = 2;
        var values = new float[(5 + Classes) * Side * Side];
        void Cell(int x, int y, float objectness, int classId, float logitSize)
        {
            void Put(int v, float value) => values[(v * Side * Side) + (y * Side) + x] = value;
            Put(0, objectness);
            Put(1, MathF.Atanh(0.5f));
            Put(2, MathF.Atanh(0.5f));
            Put(3, logitSize);
            Put(4, logitSize);
            Put(5 + classId, 1);
        }

        Cell(1, 1, 0.9f, 0, 0);          // centre 0.375, size 0.5
        Cell(2, 1, 0.8f, 0, 0);          // overlaps it by a third: kept
        Cell(1, 2, 0.7f, 1, 0);          // another class: kept
        Cell(0, 0, 0.2f, 0, 0);          // too unsure
        var boxes = FastestDetCells.Decode(new OnnxTensor(values, 1, 5 + Classes, Side, Side), maxOverlap: 0.5f);
        Assert.Equal([0.9f, 0.8f, 0.7f], boxes.Select(b => MathF.Round(b.Score, 4)));
        Assert.Equal(0.125f, boxes[0].X, 1e-6f);
        Assert.Equal(0.5f, boxes[0].Width, 1e-6f);
        Assert.Equal([0, 0, 1], boxes.Select(b => b.ClassId));
        Assert.Equal(2, FastestDetCells.Decode(new OnnxTensor(values, 1, 5 + Classes, Side, Side), maxOverlap: 0.3f).Count);
    }
}
