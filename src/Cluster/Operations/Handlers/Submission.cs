using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>A submission that was read and found fit: what the clip is to be made of. Every check throws in words and changes nothing.</summary>
internal sealed record Submission(ClipId Clip, string Recipe, IReadOnlyList<StageSpec> Stages, DepthOptions Options, string OptionsJson)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    public static Submission Read(OperatorCall call)
    {
        CheckName(call.Clip);
        var recipe = call.Cluster.Recipes[call.Arguments.Text("recipe")!];
        var options = ReadOptions(call.Arguments.Text("options")!);
        CheckNumbers(options);
        return new(call.Clip, recipe.Name, StageSpec.Of(recipe), options, OptionsCodec.Write(options));
    }

    /// <summary>Checks that every input is there for the nodes, and hashes what the store does not name by its content.</summary>
    /// <returns>The fingerprint that tells submissions with other content apart.</returns>
    /// <exception cref="Depth3DException">An input is missing, or its path means nothing to other machines.</exception>
    public async Task<string> FingerprintAsync(ArtifactStore store, CancellationToken cancellation)
    {
        var here = StoreReference.Resolve(Options, store.Paths.Root);
        CheckPath(Options.SourcePath, here.SourcePath);
        if (!StoreReference.Is(Options.SourcePath) || Methods(Options).Any(NamesPath)) return await InputFingerprint.ComputeAsync(here, cancellation).ConfigureAwait(false);
        foreach (var (given, resolved) in Methods(Options).Zip(Methods(here)).Where(m => m.First != m.Second)) CheckPath(given, resolved[(resolved.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var names = string.Join('\n', Methods(Options).Prepend(Options.SourcePath));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(names)));
    }

    private static void CheckName(ClipId clip)
    {
        if (clip.Value == "inputs") throw new Depth3DException("'inputs' is where the store keeps uploads", clip.Value, "choose another name", FailureKind.Usage);
    }

    private static DepthOptions ReadOptions(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DepthOptions>(json, Strict)!;
        }
        catch (JsonException e)
        {
            throw new Depth3DException($"the options cannot be read: {e.Message}", remedy: "run: depth3d clip submit --help", kind: FailureKind.Usage);
        }
    }

    private static void CheckNumbers(DepthOptions o)
    {
        (string Name, bool IsFit)[] rules =
        [
            ("frames.longSidePixels is 16 to 16384", o.Frames.LongSidePixels is >= 16 and <= 16384),
            ("frames.firstFrame is 0 or more", o.Frames.FirstFrame >= 0),
            ("frames.maxFrames is 1 or more", o.Frames.MaxFrames is null or > 0),
            ("frames.stride is 1 or more", o.Frames.Stride >= 1),
            ("train.longSidePixels is 16 to 16384", o.Train.LongSidePixels is >= 16 and <= 16384),
            ("train.steps is 1 or more", o.Train.Steps >= 1),
            ("train.chunkSteps is 1 or more", o.Train.ChunkSteps >= 1),
        ];
        if (rules.FirstOrDefault(r => !r.IsFit) is { Name: { } broken }) throw new Depth3DException($"an option is out of range: {broken}", kind: FailureKind.Usage);
    }

    private static void CheckPath(string given, string path)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            throw new Depth3DException("the input is neither in the store nor a full path", given,
                "depth3d clip submit uploads a file; a full path must be the same on every node", FailureKind.Usage);
        }

        if (!Path.Exists(path))
            throw new Depth3DException("the input is not there", given, "submit the clip with depth3d clip submit, which uploads it", FailureKind.BadInput);
    }

    /// <summary>All that names files beside the source, as methods do.</summary>
    private static string[] Methods(DepthOptions o) =>
        [o.Masks.Method, o.Cameras.Method, o.Prior.Method, o.Flow.Method, .. (o.Effect?.Files ?? []).Select(f => "file:" + f.Path)];

    /// <summary>A method that names a file outside the store: its content must be hashed.</summary>
    private static bool NamesPath(string method) => method.Contains(":/", StringComparison.Ordinal);
}
