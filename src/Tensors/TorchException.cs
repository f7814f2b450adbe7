namespace TorchSharp;

/// <summary>A failure inside LibTorch, with its text and without its backtrace. It costs milliseconds: never use it for flow.</summary>
public sealed class TorchException(string message) : Exception(message);
