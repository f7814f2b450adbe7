using System.Text;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>TorchScript: an import path for traced networks, not the core.</summary>
    public static unsafe class jit
    {
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="TorchException">The file is not a TorchScript archive.</exception>
        public static ScriptModule<T, TResult> load<T, TResult>(string filename, Device? device = null) where T : class where TResult : class =>
            new(Open(filename, device ?? CPU));

        public static ScriptModule load(string filename, Device? device = null) => new(Open(filename, device ?? CPU));

        public static void save(ScriptModule module, string filename)
        {
            fixed (byte* path = Encoding.UTF8.GetBytes(filename + '\0')) LibTorch.Check(LibTorch.d3t_jit_save(module.Native, path));
        }

        private static ModuleHandle Open(string filename, Device device)
        {
            if (!File.Exists(filename)) throw new FileNotFoundException($"there is no TorchScript file '{filename}'", filename);
            nint native;
            fixed (byte* path = Encoding.UTF8.GetBytes(filename + '\0')) native = LibTorch.d3t_jit_load(path, device.Number);
            if (native != 0) return new ModuleHandle(native);
            throw new TorchException($"{filename} is not a TorchScript archive this LibTorch can load: {LibTorch.Text(LibTorch.d3t_last_error())}");
        }

        /// <summary>A loaded TorchScript module. Its parameters are the network's own: an optimiser over them trains it.</summary>
        public class ScriptModule : nn.Module
        {
            private readonly ModuleHandle _native;
            private readonly List<(string name, Parameter value)> _parameters;
            private readonly List<(string name, Tensor value)> _buffers;

            internal ScriptModule(ModuleHandle native) : base(nameof(ScriptModule))
            {
                _native = native;
                _parameters = [.. Named(0, static tensor => new Parameter(tensor))];
                _buffers = [.. Named(1, static tensor => new Tensor(tensor, scoped: false))];
            }

            internal ModuleHandle Native => _native;

            public override bool training => LibTorch.d3t_jit_is_training(_native) == 1;

            /// <summary>Runs the network; the first output when it returns several.</summary>
            public Tensor forward(params Tensor[] inputs)
            {
                fixed (nint* p = TensorList.Raw(inputs))
                {
                    var result = new Tensor(LibTorch.d3t_jit_forward(_native, p, inputs.Length));
                    GC.KeepAlive(inputs);
                    return result;
                }
            }

            public override void train(bool train = true) => LibTorch.Check(LibTorch.d3t_jit_train(_native, train ? 1 : 0));

            public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) => _parameters;

            public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true) => _buffers;

            public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = prefix is { Length: > 0 } ? prefix + "." : "";
                foreach (var (name, value) in _parameters) destination.Add(start + name, value);
                foreach (var (name, value) in _buffers) destination.Add(start + name, value);
                return destination;
            }

            protected override void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var (_, value) in _parameters) value.Dispose();
                foreach (var (_, value) in _buffers) value.Dispose();
                _native.Dispose();
            }

            private IEnumerable<(string, T)> Named<T>(int which, Func<nint, T> wrap)
            {
                var count = LibTorch.Check(LibTorch.d3t_jit_named(_native, which, null, null, -1));
                var (names, tensors) = (new nint[count], new nint[count]);
                fixed (nint* n = names, t = tensors) LibTorch.Check(LibTorch.d3t_jit_named(_native, which, (byte**)n, t, count));
                var result = new List<(string, T)>();
                for (var i = 0; i < count; ++i) result.Add((LibTorch.Text((byte*)names[i]), wrap(tensors[i])));
                return result;
            }
        }

        /// <summary>A loaded module of one tensor.</summary>
        public sealed class ScriptModule<T, TResult> : ScriptModule, nn.IModule<T, TResult> where T : class where TResult : class
        {
            internal ScriptModule(ModuleHandle native) : base(native)
            {
            }

            public TResult call(T input1) => forward(input1);

            public TResult forward(T input) =>
                base.forward(input as Tensor ?? throw new ArgumentException($"a tensor expected, got {typeof(T).Name}")) as TResult
                ?? throw new ArgumentException($"the result is a tensor, not {typeof(TResult).Name}");
        }
    }
}
