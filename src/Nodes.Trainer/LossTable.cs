using System.Globalization;
using System.Text;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>Losses of a chunk as CSV, one row per step.</summary>
internal static class LossTable
{
    private const string Header = "step,phase,total,flow,disparity,acceleration";

    public static void Write(string path, IReadOnlyList<StepLoss> losses)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var l in losses)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{l.Step},{(l.Warmup ? "warmup" : "joint")},{l.Total:G7},{l.Flow:G7},{l.Disparity:G7},{l.Acceleration:G7}\n");
        }

        File.WriteAllText(path, text.ToString());
    }
}
