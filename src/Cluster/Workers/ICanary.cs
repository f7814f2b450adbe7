using Depth3D.Pipeline;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// A small computation whose answer is known, done on the device of a task before what the task computed is published: a device that
/// has begun to compute wrongly says so in no other way.
/// </summary>
public interface ICanary
{
    /// <returns>What is wrong with the device, in words; null when it gave the right answer.</returns>
    string? Check(StageContext computed);
}
