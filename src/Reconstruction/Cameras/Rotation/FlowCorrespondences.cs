using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Cameras.Rotation;

/// <summary>Where points of one frame are in a later one, away from what moves.</summary>
/// <param name="X1">Pixels from the picture's centre, right, in <paramref name="Frame1"/>.</param>
/// <param name="Y1">The same, down.</param>
/// <param name="X2">In <paramref name="Frame2"/>.</param>
public sealed record FlowCorrespondences(int Frame1, int Frame2, double[] X1, double[] Y1, double[] X2, double[] Y2)
{
    public int Count => X1.Length;

    public int Gap => Frame2 - Frame1;

    /// <summary>Valid flow of a grid of pixels.</summary>
    /// <param name="flow">Flow from frame 1 to frame 2, [H, W, 2] in pixels of its own size.</param>
    /// <param name="valid">1 = valid.</param>
    /// <param name="moving">At the flow's size, not zero where something moves; null for none.</param>
    /// <param name="step">Distance of the grid's points in pixels.</param>
    public static FlowCorrespondences From(int frame1, int frame2, Raster<float> flow, Raster<byte> valid, Raster<byte>? moving, int step)
    {
        List<double> x1 = [], y1 = [], x2 = [], y2 = [];
        double cx = (flow.Width - 1) / 2.0, cy = (flow.Height - 1) / 2.0;
        for (var y = step / 2; y < flow.Height; y += step)
        {
            for (var x = step / 2; x < flow.Width; x += step)
            {
                if (valid[x, y] == 0 || (moving is not null && moving[x, y] != 0)) continue;
                x1.Add(x - cx);
                y1.Add(y - cy);
                x2.Add(x - cx + flow[x, y, 0]);
                y2.Add(y - cy + flow[x, y, 1]);
            }
        }

        return new FlowCorrespondences(frame1, frame2, [.. x1], [.. y1], [.. x2], [.. y2]);
    }
}
