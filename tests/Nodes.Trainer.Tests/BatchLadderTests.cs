using Depth3D.Messages;
using Depth3D.Reconstruction.Optimisation;
using TorchSharp;

namespace Depth3D.Nodes.Trainer.Tests;

public sealed class BatchLadderTests
{
    public static TheoryData<string> Texts => new(
        "[enforce fail at alloc_cpu.cpp:75] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 68719476736 bytes. Error code 12 (Cannot allocate memory)",
        "CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 15.90 GiB total capacity)",
        "cuDNN error: CUDNN_STATUS_ALLOC_FAILED", "std::bad_alloc");

    [Theory]
    [MemberData(nameof(Texts))]
    public void TheBatchIsHalvedUntilItFits(string text)
    {
        var tried = new List<int>();
        var told = new List<int>();
        var result = BatchLadder.Run(1, 16, divisor =>
        {
            tried.Add(divisor);
            return divisor < 8 ? throw new TorchException(text) : "done";
        }, (divisor, _) => told.Add(divisor));
        Assert.Equal("done", result);
        Assert.Equal([1, 2, 4, 8], tried);
        Assert.Equal([2, 4, 8], told);
    }

    [Fact]
    public void TheSmallestBatchEndsInWords()
    {
        var tried = new List<int>();
        var e = Assert.Throws<Depth3DException>(() => BatchLadder.Run<int>(2, 4, divisor =>
        {
            tried.Add(divisor);
            throw new TorchException("CUDA out of memory. Tried to allocate 2.00 GiB\nmore");
        }, (_, _) => { }));
        Assert.Equal([2, 4], tried);
        Assert.Contains("1/4 of the usual size", e.Message);
        Assert.Contains("Tried to allocate 2.00 GiB)", e.Message);
        Assert.Contains("--train-size", e.Remedy);
        Assert.Equal(FailureKind.OutOfMemory, e.Kind);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 2, 4)]
    [InlineData(4, 1, 8)]
    [InlineData(16, 0, 16)]
    public void EveryRungBeginsWithHalfOfTheOneBefore(int chain, int rung, int start) => Assert.Equal(start, BatchLadder.Start(chain, rung, 16));

    [Fact]
    public void ARungBelowTheSmallestBatchIsNotTried() =>
        Assert.Equal(FailureKind.OutOfMemory, Assert.Throws<Depth3DException>(() => BatchLadder.Start(8, 2, 16)).Kind);

    [Fact]
    public void OtherFailuresPass()
    {
        var tried = 0;
        Assert.Throws<TorchException>(() => BatchLadder.Run<int>(1, 16, _ =>
        {
            tried++;
            throw new TorchException("shapes do not match");
        }, (_, _) => { }));
        Assert.Equal(1, tried);
    }

    [Fact]
    public void WhatTheTensorLibrarySaysIsUnderstood()
    {
        var e = Assert.Throws<TorchException>(() => torch.zeros([1L << 50]));
        Assert.True(OutOfMemory.IsCause(e), e.Message);
    }
}
