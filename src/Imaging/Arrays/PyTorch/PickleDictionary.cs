namespace Depth3D.Imaging;

/// <summary>A dictionary of a pickle in the order it was filled. Keys are texts or integers: others could be made costly to compare.</summary>
internal sealed class PickleDictionary
{
    private readonly OrderedDictionary<object, object?> _entries = [];

    public IEnumerable<KeyValuePair<object, object?>> Entries => _entries;

    public object? this[string key] => _entries.GetValueOrDefault(key);

    public bool Has(string key) => _entries.ContainsKey(key);

    /// <exception cref="FormatException">The key is neither text nor integer.</exception>
    public void Set(object? key, object? value)
    {
        if (key is not (string or long)) throw new FormatException("a dictionary key that is neither text nor integer");
        _entries[key] = value;
    }
}
