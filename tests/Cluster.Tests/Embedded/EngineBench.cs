using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Embedded;

/// <summary>A store, a source file and the waits that every engine test bounds.</summary>
public sealed class EngineBench : IDisposable
{
    public static readonly ClipId Clip = new("toy");

    private readonly TempFolder _folder = new();

    public EngineBench()
    {
        Source = _folder.At("source.mp4");
        File.WriteAllText(Source, "frames");
    }

    public string Source { get; }

    public string Store => _folder.At("store");

    public DepthOptions Options => new() { SourcePath = Source };

    public EmbeddedEngineOptions EngineOptions => new() { StoreRoot = Store };

    public Task<EmbeddedEngine> StartAsync(IEnumerable<IStage> stages, EmbeddedEngineOptions? options = null) =>
        EmbeddedEngine.StartAsync(options ?? EngineOptions, stages, NullLoggerFactory.Instance, CancellationToken.None);

    /// <summary>Submits the clip and waits for its end, not longer than a minute.</summary>
    public async Task<ClipResult> RunAsync(EmbeddedEngine engine, DepthOptions? options = null)
    {
        await engine.SubmitAsync(Clip, RecipeNames.Depth, options ?? Options, CancellationToken.None);
        return await engine.WaitAsync(Clip, CancellationToken.None).Within("the clip to end");
    }

    public void Dispose() => _folder.Dispose();
}
