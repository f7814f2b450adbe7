namespace Depth3D.Pipeline;

/// <summary>One pair of frames of the training index.</summary>
/// <param name="HeldOut">Kept from training, to measure how well depth explains motion it has not seen.</param>
/// <param name="Valid12">Pixels of frame 1 whose flow to frame 2 is valid and ends inside the picture.</param>
/// <param name="Static12">Of these, static ones.</param>
/// <param name="Moving12">Of these, moving ones.</param>
public sealed record SequencePair(int Frame1, int Frame2, int Gap, bool HeldOut, int Valid12, int Valid21, int Static12, int Moving12);
