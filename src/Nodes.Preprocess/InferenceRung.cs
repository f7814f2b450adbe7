using Depth3D.Inference;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess;

/// <summary>
/// The memory ladder of stages that run a model: as it is; then without the runtime's own store of memory, which changes speed and not the result;
/// then on the CPU, whose memory is larger.
/// </summary>
internal static class InferenceRung
{
    private const int Lean = 1;
    private const int OnCpu = 2;

    public static OnnxSessionOptions Of(StageContext context) => new()
    {
        IsLean = context.Rung >= Lean,
        Device = context.Rung >= OnCpu ? "cpu" : context.Options.Train.Device,
    };
}
