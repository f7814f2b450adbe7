namespace Depth3D.Imaging;

/// <summary>
/// Reads the pickle of a PyTorch file without Python: it builds numbers, texts, lists, tuples, dictionaries and views of storages, and
/// nothing else. A name it does not know is an error that says the name; no name is ever looked up, imported or called.
/// </summary>
/// <param name="pickle">The instructions.</param>
/// <param name="storageFolder">Folder of the archive that holds this pickle's storages.</param>
/// <param name="requireStorage">Throws unless the archive holds that entry with that many bytes.</param>
/// <param name="isProgram">A TorchScript program, whose pickles also hold objects of its own classes: <c>__torch__.*</c>.</param>
internal sealed class TorchUnpickler(ReadOnlyMemory<byte> pickle, string storageFolder, Action<string, long> requireStorage, bool isProgram)
{
    private static readonly object Mark = new();
    private readonly PickleLexer _lexer = new(pickle);
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];

    /// <returns>long, double, bool, string, null, <see cref="List{T}"/>, object[] for tuples, <see cref="PickleDictionary"/>, <see cref="TorchView"/>.</returns>
    /// <exception cref="FormatException">Damaged, or it names what is not allowed.</exception>
    public object? Read()
    {
        while (true)
        {
            var op = _lexer.Next();
            if (op == PickleOp.Stop) return Pop();
            Run(op);
        }
    }

    private void Run(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Proto or PickleOp.Frame: break;
            case PickleOp.Mark: Push(Mark); break;
            case PickleOp.Pop: Pop(); break;
            case PickleOp.PopMark: PopToMark(); break;
            case PickleOp.Dup: Push(Peek()); break;
            case PickleOp.None: Push(null); break;
            case PickleOp.NewTrue: Push(true); break;
            case PickleOp.NewFalse: Push(false); break;
            case PickleOp.BinInt or PickleOp.BinInt1 or PickleOp.BinInt2 or PickleOp.Long1: Push(_lexer.Integer); break;
            case PickleOp.BinFloat: Push(_lexer.Real); break;
            case PickleOp.BinUnicode or PickleOp.ShortBinUnicode or PickleOp.ShortBinString: Push(_lexer.Text); break;
            case PickleOp.EmptyTuple: Push(Array.Empty<object?>()); break;
            case PickleOp.EmptyList: Push(new List<object?>()); break;
            case PickleOp.EmptyDict: Push(new PickleDictionary()); break;
            case PickleOp.Tuple: Push(PopToMark()); break;
            case PickleOp.Tuple1: Push(Take(1)); break;
            case PickleOp.Tuple2: Push(Take(2)); break;
            case PickleOp.Tuple3: Push(Take(3)); break;
            case PickleOp.Append or PickleOp.Appends: Append(op == PickleOp.Append ? Take(1) : PopToMark()); break;
            case PickleOp.SetItem or PickleOp.SetItems: SetItems(op == PickleOp.SetItem ? Take(2) : PopToMark()); break;
            case PickleOp.BinPut or PickleOp.LongBinPut: _memo[_lexer.Integer] = Peek(); break;
            case PickleOp.Memoize: _memo[_memo.Count] = Peek(); break;
            case PickleOp.BinGet or PickleOp.LongBinGet: Push(_memo.TryGetValue(_lexer.Integer, out var known) ? known : throw Damaged("a memo that was never set")); break;
            default: RunNamed(op); break;
        }
    }

    /// <summary>The instructions that could make Python call something.</summary>
    private void RunNamed(PickleOp op)
    {
        switch (op)
        {
            case PickleOp.Global: Push(Allowed(new PickleGlobal(_lexer.Text, _lexer.Name))); break;
            case PickleOp.StackGlobal: Push(Take(2) is [string module, string name] ? Allowed(new PickleGlobal(module, name)) : throw Damaged("a name that is no text")); break;
            case PickleOp.Inst: throw Refused(new PickleGlobal(_lexer.Text, _lexer.Name));
            case PickleOp.Object: throw Damaged("an object of a Python class");
            case PickleOp.BinPersId: Push(Storage(Pop())); break;
            case PickleOp.Reduce: Push(Take(2) is [PickleGlobal function, object?[] arguments] ? Made(function, arguments) : throw Damaged("a call of what is no name")); break;
            case PickleOp.NewObject: NewObject(); break;
            case PickleOp.Build: Build(Pop()); break;
            default: throw Damaged($"instruction {op}");
        }
    }

    private PickleGlobal Allowed(PickleGlobal global)
    {
        var known = global switch
        {
            ("collections", "OrderedDict") or ("torch._utils", "_rebuild_tensor_v2") or ("torch._utils", "_rebuild_parameter") => true,
            ("torch", "device") => isProgram,
            ("torch", var name) => TorchElement.ByStorageName.ContainsKey(name),
            ("torch.jit._pickle", "build_intlist" or "build_doublelist" or "build_boollist" or "build_tensorlist" or "restore_type_tag") => isProgram,
            (var module, _) => isProgram && (module == "__torch__" || module.StartsWith("__torch__.", StringComparison.Ordinal)),
        };
        return known ? global : throw Refused(global);
    }

    private object? Made(PickleGlobal function, object?[] arguments) => (function.Name, arguments) switch
    {
        ("OrderedDict", []) => new PickleDictionary(),
        ("_rebuild_parameter", [TorchView data, _, _]) => data,
        ("_rebuild_tensor_v2", [TorchStorage storage, long offset, object?[] size, object?[] stride, ..]) => new TorchView(storage, offset, Numbers(size), Numbers(stride)),
        ("build_intlist" or "build_doublelist" or "build_boollist" or "build_tensorlist", [List<object?> items]) => items,
        ("restore_type_tag", [var value, string]) => value,
        ("device", [string device, ..]) => device,
        _ => throw Damaged($"a call of {function} with arguments it does not take"),
    };

    /// <summary>An object of a program's own class; its fields are checked by having been read, and not kept.</summary>
    private void NewObject()
    {
        if (Take(2) is not [PickleGlobal type, object?[]]) throw Damaged("an object of what is no name");
        if (!type.Module.StartsWith("__torch__", StringComparison.Ordinal)) throw Refused(type);
        Push(type);
    }

    /// <summary>State set on a dictionary (PyTorch's version notes) or on an object of a program's class: not kept.</summary>
    private void Build(object? state)
    {
        if (Peek() is PickleDictionary && state is PickleDictionary) return;
        if (isProgram && Peek() is PickleGlobal) return;
        throw Damaged("state set on what has none");
    }

    /// <summary>PyTorch's persistent ids: ('storage', class, key, device, elements).</summary>
    private TorchStorage Storage(object? id)
    {
        if (id is not object?[] { Length: 5 } parts || parts is not ["storage", PickleGlobal type, string key, string, long count] || count < 0
            || !TorchElement.ByStorageName.TryGetValue(type.Name, out var element))
            throw Damaged("a reference that is no storage");
        var storage = new TorchStorage($"{storageFolder}/{key}", element, count);
        if (count > long.MaxValue / element.Size) throw Damaged($"a storage of {count} elements");
        requireStorage(storage.Entry, count * element.Size);
        return storage;
    }

    private long[] Numbers(object?[] values) => [.. values.Select(v => v is long number ? number : throw Damaged("a size that is no integer"))];

    private void Append(object?[] items)
    {
        if (Peek() is not List<object?> list) throw Damaged("items for what is no list");
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Peek() is not PickleDictionary dictionary || items.Length % 2 != 0) throw Damaged("entries for what is no dictionary");
        for (var i = 0; i < items.Length; i += 2) dictionary.Set(items[i], items[i + 1]);
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Peek() => _stack.Count > 0 && _stack[^1] != Mark ? _stack[^1] : throw Damaged("an empty stack");

    private object? Pop() => Take(1)[0];

    private object?[] Take(int count)
    {
        if (_stack.Count < count) throw Damaged("an empty stack");
        var items = _stack.GetRange(_stack.Count - count, count).ToArray();
        if (items.Contains(Mark)) throw Damaged("a mark in the wrong place");
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] PopToMark()
    {
        var at = _stack.LastIndexOf(Mark);
        if (at < 0) throw Damaged("no mark");
        var items = _stack.GetRange(at + 1, _stack.Count - at - 1).ToArray();
        _stack.RemoveRange(at, _stack.Count - at);
        return items;
    }

    private FormatException Damaged(string what) => new($"{what} (pickle byte {_lexer.Position})");

    private FormatException Refused(PickleGlobal global) => new(
        $"its pickle wants '{global}' (byte {_lexer.Position}), which is not data but code to run: nothing was executed");
}
