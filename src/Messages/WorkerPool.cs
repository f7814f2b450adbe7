namespace Depth3D.Messages;

/// <summary>The bounded pool whose slots a stage's tasks occupy. In a cluster each pool is one queue.</summary>
public enum WorkerPool
{
    PreprocessCpu,
    PreprocessGpu,
    Trainer,
    Render,
}
