using System.Globalization;
using Depth3D.Messages;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>
/// Out of memory is answered by a batch half as large, from the same checkpoint, and by an error in words at the smallest one. The same
/// batch is never tried twice.
/// </summary>
internal static class BatchLadder
{
    /// <summary>Where a chunk begins: what the chain has come to already, halved once per rung, for what a rung below cannot do is known.</summary>
    /// <exception cref="Depth3DException">Nothing so small is left.</exception>
    public static int Start(int divisor, int rung, int largestDivisor) =>
        divisor << rung <= largestDivisor || rung == 0 ? divisor << rung : throw TooLarge(largestDivisor, new OutOfMemoryException("ended for lack of memory"));

    /// <param name="divisor">Divides a full batch in the first attempt.</param>
    /// <param name="attempt">One whole chunk with a batch so divided.</param>
    /// <param name="halved">Told the next divisor before it is tried.</param>
    /// <exception cref="Depth3DException">Not even the smallest batch fits.</exception>
    public static T Run<T>(int divisor, int largestDivisor, Func<int, T> attempt, Action<int, Exception> halved)
    {
        while (true)
        {
            try
            {
                return attempt(divisor);
            }
            catch (Exception e) when (OutOfMemory.IsCause(e))
            {
                if (2 * divisor > largestDivisor) throw TooLarge(divisor, e);
                divisor *= 2;
                halved(divisor, e);
            }

            // What the failed attempt left to finalizers holds tensors.
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static Depth3DException TooLarge(int divisor, Exception cause) => new(
        string.Create(CultureInfo.InvariantCulture, $"memory does not suffice for training, not even with a batch 1/{divisor} of the usual size ({FirstLine(cause)})"),
        null, "lower --train-size or --max-frames, end other programs that use this memory, or train on a device with more of it (--device)",
        FailureKind.OutOfMemory, cause);

    private static string FirstLine(Exception e)
    {
        var text = e.Message.AsSpan().Trim();
        var end = text.IndexOfAny('\r', '\n');
        return (end < 0 ? text : text[..end]).ToString();
    }
}
