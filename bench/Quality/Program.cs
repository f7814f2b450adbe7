using System.CommandLine;
using System.Globalization;
using Depth3D.Bench.Quality;
using Depth3D.Pipeline;

// Quality of the optimised depth on scenes whose depth is known: every prior on every scene and length, one scale per clip.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var scenes = Many("--scene", "Truth scenes.", ["courtyard"]);
var frames = Many("--frames", "Lengths.", [24, 48]);
var priors = Many("--prior", "Priors: noisy, mono, geometric.", ["noisy", "mono", "geometric"]);
var seeds = Many("--seed", "Seeds.", [1, 2, 3]);
var masks = new Option<string>("--masks") { Description = "motion, or true.", DefaultValueFactory = _ => "motion" };
var cameras = new Option<string>("--cameras") { Description = "As of the run command, or true.", DefaultValueFactory = _ => "colmap" };
var model = new Option<string>("--mono") { Description = "ONNX model of prior mono.", DefaultValueFactory = _ => "../shared/data/models/tcmonodepth-small.onnx" };
var method = new Option<string>("--method") { Description = "Training method.", DefaultValueFactory = _ => "field" };
var work = new Option<string?>("--work") { Description = "Keep what comes before training in this folder, and take it from there the next time." };
var command = new RootCommand("Measures optimised depth against truth.") { scenes, frames, priors, seeds, masks, cameras, model, method, work };
command.SetAction(async (parsed, cancellation) =>
{
    var options = new QualityOptions(parsed.GetValue(masks)!, parsed.GetValue(cameras)!, Path.GetFullPath(parsed.GetValue(model)!),
        new TrainOptions { Method = parsed.GetValue(method)! });
    var folder = parsed.GetValue(work) is { } kept ? Directory.CreateDirectory(kept) : Directory.CreateTempSubdirectory("quality-");
    try
    {
        var results = new List<QualityResult>();
        foreach (var scene in parsed.GetValue(scenes)!)
            foreach (var length in parsed.GetValue(frames)!)
            {
                var clip = new QualityClip(folder.FullName, scene, length, options);
                await clip.PrepareAsync(cancellation).ConfigureAwait(false);
                Console.WriteLine(clip.Describe());
                Console.WriteLine(QualityTable.Header);
                foreach (var prior in parsed.GetValue(priors)!)
                {
                    var group = new List<QualityResult>();
                    foreach (var seed in parsed.GetValue(seeds)!)
                        group.Add(await clip.OptimiseAsync(new QualityCase(scene, length, prior, seed), cancellation).ConfigureAwait(false));
                    Console.WriteLine(QualityTable.Row(scene, $"{length}", prior, group));
                    results.AddRange(group);
                }
            }
    }
    finally
    {
        if (parsed.GetValue(work) is null) folder.Delete(recursive: true);
    }
});
return await command.Parse(args).InvokeAsync().ConfigureAwait(false);

static Option<T[]> Many<T>(string name, string description, T[] values) => new(name)
{
    Description = description + " Several may be given.",
    DefaultValueFactory = _ => values,
    AllowMultipleArgumentsPerToken = true,
};
