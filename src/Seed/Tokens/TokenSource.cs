using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Seed.Tokens;

/// <summary>The tokens as the file says them now: it is read again when it changed, and a damaged one leaves the last good ones in force.</summary>
internal sealed partial class TokenSource
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly string? _path;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private TokenBook _book;
    private DateTime _written;
    private long _looked;

    /// <param name="path">Null for no tokens: nobody may do anything.</param>
    /// <exception cref="Depth3DException">The file cannot be used when the seed starts.</exception>
    public TokenSource(string? path, TimeProvider time, ILogger<TokenSource> log)
    {
        (_path, _time, _log) = (path, time, log);
        _looked = time.GetTimestamp();
        _book = path is null ? TokenBook.Empty : TokenBook.Load(path);
        if (path is null) LogNone(log);
        else _written = File.GetLastWriteTimeUtc(path);
    }

    public TokenBook Current
    {
        get
        {
            lock (_gate)
            {
                if (_path is not null && _time.GetElapsedTime(_looked) >= LookEvery) LookAgain(_path);
                return _book;
            }
        }
    }

    private void LookAgain(string path)
    {
        _looked = _time.GetTimestamp();
        var written = File.GetLastWriteTimeUtc(path);
        if (written == _written) return;
        _written = written;
        try
        {
            _book = TokenBook.Load(path);
            LogRead(_log, path);
        }
        catch (Depth3DException e)
        {
            LogRefused(_log, e.Message);
        }
    }
}
