using System.Globalization;
using Depth3D.Bench.Insertion;
using Depth3D.Cluster;
using Depth3D.Nodes.Render;
using Depth3D.Rendering.TruthScenes;

// A card behind what moves in a truth scene: what of it is seen, against what the exact depth says.
// dotnet run -c Release --project bench/Insertion [SCENE [FRAMES [WIDTH HEIGHT]]] [--run RUN] [--pictures DIR]
// RUN is a finished run of the same scene and size; its depth and cameras are used beside the true ones.
var plain = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
int Number(int index, int otherwise) => plain.Length > index ? int.Parse(plain[index], CultureInfo.InvariantCulture) : otherwise;
var truth = new TruthSceneClip(TruthScene.Named(plain.Length > 0 ? plain[0] : "courtyard", Number(1, 48)), Number(2, 640), Number(3, 360));
var bench = new CardBench(truth, Option("--pictures"));
Console.WriteLine("depth      | frame | IoU   | hidden share of the card");
bench.Show("true", truth);
if (Option("--run") is { } run) bench.Show("optimised", RunScene.Open(FinishedRun.Open(run).Artifacts));
