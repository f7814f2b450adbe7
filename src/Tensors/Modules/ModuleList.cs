using System.Collections;
using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules by number; the owner decides what to do with them.</summary>
    public sealed class ModuleList<T> : nn.Module, IReadOnlyList<T> where T : nn.Module
    {
        private readonly List<T> _items = [];

        public ModuleList(params T[] modules) : base(nameof(ModuleList<>))
        {
            foreach (var module in modules) append(module);
        }

        public int Count => _items.Count;

        public T this[int index] => _items[index];

        public void append(T module)
        {
            register_module(_items.Count.ToString(CultureInfo.InvariantCulture), module);
            _items.Add(module);
        }

        public void Add(T module) => append(module);

        public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
        }
    }
}
