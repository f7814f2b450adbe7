using System.Globalization;
using Depth3D.Bench.NovelViews;
using Depth3D.Cluster;
using Depth3D.Nodes.Render;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.TruthScenes;
using Depth3D.Rendering.Views;

// Views of a truth scene from virtual cameras 5 degrees to the left and right, against what the ray caster sees there.
// dotnet run -c Release --project bench/NovelViews [SCENE [FRAMES [WIDTH HEIGHT]]] [--run RUN] [--pictures DIR] [--samples N]
// RUN is a finished run of the same scene and size; its depth and cameras are used beside the true ones.
// --samples: the ray caster's samples per pixel and axis, for frames as for what they are compared with.
// With --flicker as well: how much effects made of RUN change from frame to frame that should not.
// With --effects DIR instead: pictures of docs/effects.md.
if (args is ["--effects", var effects])
{
    EffectPictures.Write(effects);
    return;
}

var plain = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
int Number(int index, int otherwise) => plain.Length > index ? int.Parse(plain[index], CultureInfo.InvariantCulture) : otherwise;
var name = plain.Length > 0 ? plain[0] : "courtyard";
var truth = new TruthSceneClip(TruthScene.Named(name, Number(1, 48)), Number(2, 640), Number(3, 360), int.Parse(Option("--samples") ?? "2", CultureInfo.InvariantCulture));
if (args.Contains("--flicker"))
{
    var made = RunScene.Open(FinishedRun.Open(Option("--run")!).Artifacts);
    var count = Math.Min(truth.FrameCount, 6);
    FlickerBench.Show(truth, made, (truth.FrameCount - count) / 2, count, Option("--pictures"));
    return;
}

var bench = new OrbitBench(truth, Option("--pictures"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{name}, {truth.FrameCount} frames of {truth.Intrinsics.Width}x{truth.Intrinsics.Height}, orbit of {OrbitBench.Degrees} degrees; dB PSNR / SSIM inside what is visible"));
Console.WriteLine("depth              | shown as  | all visible   | static        | moving        | seen by other frames only | painted     | ms per view");
Show("true", truth);
if (Option("--run") is { } run) Show("optimised", RunScene.Open(FinishedRun.Open(run).Artifacts));

void Show(string depth, ISceneClip clip)
{
    var background = BackgroundBuilder.Build(clip, null, CancellationToken.None);
    bench.Show(depth, clip, background, new ViewOptions { Fill = true, SnapEdges = false });
    bench.Show(depth + ", snapped", clip, background, new ViewOptions { Fill = true });
    bench.Show(depth, clip, background, new ViewOptions { Surface = false, Fill = true, SnapEdges = false });
}
