using Depth3D.Cluster;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Running;

/// <summary>What a clip or a job on a finished run left.</summary>
/// <param name="Files">Its accepted files.</param>
/// <param name="Result">How it went.</param>
/// <param name="WasDone">Nothing was computed: it was complete before.</param>
internal sealed record RunJobResult(IArtifactReader Files, ClipResult Result, bool WasDone);
