using System.Globalization;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Single;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>What the report says about how a loop was cut.</summary>
internal static class LoopCutNotes
{
    public static IEnumerable<LoopChoice> Choices(LoopCut cut, SegmentSettings settings)
    {
        if (cut.Segment is not { } segment)
        {
            yield return new LoopChoice("loop", "1 frame", "nothing in the clip moves");
            yield break;
        }

        yield return new LoopChoice("loop score", Text($"{segment.Score:f2}"),
            Text($"difference at the seam {Math.Sqrt(segment.SeamEnergy) * 255:f1}, of neighbouring frames {Math.Sqrt(segment.StepEnergy) * 255:f1} (8-bit); at most {settings.LargestScore:f1} passes"));
        yield return cut.Kind switch
        {
            LoopKind.Forward => new LoopChoice("loop", Text($"frames {segment.First}-{segment.First + segment.Period - 1}"),
                settings.Period is null ? "the best start and period found" : "the best start for the length asked for"),
            LoopKind.PingPong => new LoopChoice("loop", Text($"frames {segment.First}-{segment.First + segment.Period - 1} and back"), "asked for where the clip does not repeat"),
            _ => new LoopChoice("loop", "1 frame", "asked for where the clip does not repeat"),
        };
        if (cut.FadeFrames > 0) yield return new LoopChoice("cross-fade", Text($"{cut.FadeFrames} frames"), "min(8, a quarter of the loop, the frames before it)");
    }

    public static IEnumerable<string> Warnings(LoopCut cut, SegmentSettings settings)
    {
        if (cut.Segment is null) yield return "nothing in the clip moves: the result is a still scene of one frame";
        else if (cut.Kind == LoopKind.PingPong) yield return Text($"the clip does not repeat (score {cut.Segment.Score:f1}, at most {settings.LargestScore:f1}): it runs forth and back");
        else if (cut.Kind == LoopKind.Still) yield return Text($"the clip does not repeat (score {cut.Segment.Score:f1}, at most {settings.LargestScore:f1}): the result is a still scene of one frame");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
