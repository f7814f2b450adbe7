using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules one after the other. Results in between are freed as soon as nothing but the gradient needs them.</summary>
    public sealed class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.Module<Tensor, Tensor>> _steps = [];

        internal Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> module)> modules) : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules) append(name, module);
        }

        public int Count => _steps.Count;

        public nn.Module<Tensor, Tensor> this[int index] => _steps[index];

        public Sequential append(nn.Module<Tensor, Tensor> module) => append(_steps.Count.ToString(CultureInfo.InvariantCulture), module);

        public Sequential append(string name, nn.Module<Tensor, Tensor> module)
        {
            register_module(name, module);
            _steps.Add(module);
            return this;
        }

        public override Tensor forward(Tensor input)
        {
            if (_steps.Count == 0) return input.alias();
            var result = _steps[0].forward(input);
            for (var i = 1; i < _steps.Count; ++i)
            {
                var next = _steps[i].forward(result);
                if (!ReferenceEquals(next, result) && !ReferenceEquals(result, input)) result.Dispose();
                result = next;
            }

            return result;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Modules.Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            public static Modules.Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) =>
                new(modules.Select((module, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), module)));
        }
    }
}
