using Depth3D.Messages;

namespace Depth3D.Seed.Tokens;

/// <summary>Who a request's token belongs to.</summary>
internal sealed record Caller(string Name, OperatorRight Right);
