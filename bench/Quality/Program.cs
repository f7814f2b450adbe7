using System.CommandLine;
using System.Globalization;
using Depth3D.Bench.Quality;
using Depth3D.Messages;
using Depth3D.Pipeline;

// Quality of the optimised depth on scenes whose depth is known, and consistency on real clips.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var scenes = Many("--scene", "Truth scenes; 'none' for real clips only.", ["courtyard", "room", "boxes", "walker", "near-static"]);
var frames = Many("--frames", "Lengths.", [24, 48]);
var priors = Many("--prior", "Priors: noisy, mono, geometric.", ["noisy", "mono", "geometric"]);
var seeds = Many("--seed", "Seeds.", [1, 2, 3]);
var masks = Text("--masks", "As of the run command, or true.", "motion");
var cameras = Text("--cameras", "As of the run command, or true.", "colmap");
var model = Text("--mono", "ONNX model of prior mono.", "../shared/data/models/tcmonodepth-small.onnx");
var clips = Text("--clips", "Folder of real clips.", "../shared/data/clips");
var method = Text("--method", "Training method.", "field");
var refine = new Option<bool>("--refine-cameras") { Description = "As of the run command." };
var baseline = Text("--baseline", "Accuracy to be held.", "bench/Quality/baseline.json");
var update = new Option<bool>("--update-baseline") { Description = "Write what was measured into the baseline instead of comparing." };
var withoutReal = new Option<bool>("--no-real") { Description = "Leave the real clips out." };
var work = new Option<string?>("--work") { Description = "Keep what comes before training in this folder, and take it from there the next time." };
var command = new RootCommand("Measures optimised depth against truth; ends with 1 where it is worse than the baseline.")
{
    scenes, frames, priors, seeds, masks, cameras, model, clips, method, refine, baseline, update, withoutReal, work,
};
command.SetAction(async (parsed, cancellation) =>
{
    var options = new QualityOptions(parsed.GetValue(masks)!, parsed.GetValue(cameras)!, Path.GetFullPath(parsed.GetValue(model)!),
        new TrainOptions { Method = parsed.GetValue(method)!, RefineCameras = parsed.GetValue(refine) });
    var kept = parsed.GetValue(work);
    var folder = kept is null ? Directory.CreateTempSubdirectory("quality-") : Directory.CreateDirectory(kept);
    try
    {
        var cases = from s in parsed.GetValue(scenes)!.Except(["none"]) from f in parsed.GetValue(frames)! from p in parsed.GetValue(priors)! from n in parsed.GetValue(seeds)! select new QualityCase(s, f, p, n);
        var results = await MeasureAsync(folder.FullName, [.. cases], options, cancellation).ConfigureAwait(false);
        if (!parsed.GetValue(withoutReal)) await RealAsync(folder.FullName, Path.GetFullPath(parsed.GetValue(clips)!), options, cancellation).ConfigureAwait(false);
        return Judge(results, parsed.GetValue(baseline)!, parsed.GetValue(update));
    }
    catch (Depth3DException e)
    {
        await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
        return 1;
    }
    finally
    {
        if (kept is null) folder.Delete(recursive: true);
    }
});
return await command.Parse(args).InvokeAsync().ConfigureAwait(false);

static async Task<List<QualityResult>> MeasureAsync(string folder, QualityCase[] cases, QualityOptions options, CancellationToken cancellation)
{
    var results = new List<QualityResult>();
    foreach (var of in cases.GroupBy(c => (c.Scene, c.Frames)))
    {
        var clip = new QualityClip(folder, of.Key.Scene, of.Key.Frames, options);
        await clip.PrepareAsync(cancellation).ConfigureAwait(false);
        Console.WriteLine(clip.Describe());
        Console.WriteLine(QualityTable.Header);
        foreach (var group in of.GroupBy(c => c.Prior))
        {
            try
            {
                var measured = new List<QualityResult>();
                foreach (var one in group) measured.Add(await clip.OptimiseAsync(one, cancellation).ConfigureAwait(false));
                Console.WriteLine(QualityTable.Row(of.Key.Scene, $"{of.Key.Frames}", group.Key, measured));
                results.AddRange(measured);
            }
            catch (Depth3DException e)
            {
                // A camera that hardly moves gives no geometric prior: the product refuses it, and that is what there is to say.
                Console.WriteLine($"{of.Key.Scene} {of.Key.Frames} {group.Key}: refused: {e.Message}");
            }
        }
    }

    return results;
}

static async Task RealAsync(string folder, string clips, QualityOptions options, CancellationToken cancellation)
{
    Console.WriteLine("\nreal clips, monocular prior\n" + RealClips.Header);
    foreach (var name in (string[])["balloon1", "car-shadow"])
        Console.WriteLine(await RealClips.RowAsync(folder, clips, name, options, cancellation).ConfigureAwait(false) ?? $"{name}: skipped, not found in the folder of clips");
}

static int Judge(List<QualityResult> results, string path, bool update)
{
    if (results.Count == 0) return 0;
    Console.WriteLine("\nall scenes and lengths together\n" + QualityTable.Header);
    foreach (var group in results.GroupBy(r => r.Case.Prior)) Console.WriteLine(QualityTable.Row("all", "all", group.Key, [.. group]));
    foreach (var line in results.GroupBy(r => r.Case.Prior).SelectMany(g => Targets.Verdicts(g.Key, [.. g]))) Console.WriteLine(line);
    Console.WriteLine(FormattableString.Invariant($"longest optimisation of 24 frames or fewer: {results.Where(r => r.Case.Frames <= 24).Select(r => r.Seconds).DefaultIfEmpty().Max():0} s"));
    var measured = Baseline.Of(results);
    if (update)
    {
        measured.Write(path);
        return 0;
    }

    if (!File.Exists(path))
    {
        Console.WriteLine($"no baseline at {path}; --update-baseline writes one");
        return 1;
    }

    var reference = Baseline.Read(path);
    var regressions = measured.Regressions(reference);
    foreach (var line in regressions) Console.WriteLine("WORSE " + line);
    Console.WriteLine($"{measured.Comparable(reference)} values compared with the baseline, {regressions.Count} worse");
    return regressions.Count > 0 ? 1 : 0;
}

static Option<string> Text(string name, string description, string value) => new(name) { Description = description, DefaultValueFactory = _ => value };

static Option<T[]> Many<T>(string name, string description, T[] values) => new(name)
{
    Description = description + " Several may be given.",
    DefaultValueFactory = _ => values,
    AllowMultipleArgumentsPerToken = true,
    Arity = ArgumentArity.ZeroOrMore,
};
