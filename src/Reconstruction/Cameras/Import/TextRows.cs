using System.Globalization;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>Reads blank-separated numbers line by line, naming file and line where one is not what it should be.</summary>
internal sealed class TextRows(Stream stream, string file)
{
    private readonly StreamReader _reader = new(stream, leaveOpen: true);
    private string _line = "";
    private int _at;

    public int Line { get; private set; }

    public string Where => $"{file}, line {Line}";

    /// <summary>Something but blanks is left on the line.</summary>
    public bool More
    {
        get
        {
            while (_at < _line.Length && char.IsWhiteSpace(_line[_at])) _at++;
            return _at < _line.Length;
        }
    }

    /// <summary>Goes to the next line that is neither blank nor a comment.</summary>
    public bool NextContent()
    {
        while (NextRaw())
        {
            if (More && _line[_at] != '#') return true;
        }

        return false;
    }

    /// <summary>Goes to the next line whatever it holds.</summary>
    public bool NextRaw()
    {
        if (_reader.ReadLine() is not { } line) return false;
        (_line, _at) = (line, 0);
        Line++;
        return true;
    }

    public string Word() => Token("a word").ToString();

    public string Rest()
    {
        var rest = More ? _line[_at..].TrimEnd() : "";
        _at = _line.Length;
        return rest;
    }

    public int Int() => int.TryParse(Token("a whole number"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v)
        ? v : throw Wrong("a whole number");

    public long Long() => long.TryParse(Token("a whole number"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v)
        ? v : throw Wrong("a whole number");

    public byte Byte() => byte.TryParse(Token("a byte"), NumberStyles.None, CultureInfo.InvariantCulture, out var v)
        ? v : throw Wrong("a number from 0 to 255");

    public double Double() =>
        double.TryParse(Token("a number"), NumberStyles.Float, CultureInfo.InvariantCulture, out var v) && double.IsFinite(v)
            ? v : throw Wrong("a finite number");

    public Exception Bad(string what) => CameraFault.Of(Where, what);

    private Exception Wrong(string expected)
    {
        var start = _at;
        while (start > 0 && !char.IsWhiteSpace(_line[start - 1])) start--;
        var word = _line[start.._at];
        return Bad($"{expected} expected, got '{(word.Length > 40 ? word[..40] + "..." : word)}'");
    }

    private ReadOnlySpan<char> Token(string expected)
    {
        if (!More) throw Bad($"the line ends where {expected} should stand");
        var start = _at;
        while (_at < _line.Length && !char.IsWhiteSpace(_line[_at])) _at++;
        return _line.AsSpan(start, _at - start);
    }
}
