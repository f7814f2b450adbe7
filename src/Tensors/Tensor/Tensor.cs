namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A LibTorch tensor. It registers with the innermost <see cref="DisposeScope"/> of its thread; outside any scope its maker disposes
    /// it, and the collector only as a last resort. Use after Dispose is an <see cref="ObjectDisposedException"/>.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private readonly TensorHandle _handle;

        internal Tensor(nint native, bool scoped = true)
        {
            LibTorch.Check(native);
            var scope = scoped ? DisposeScope.Current : null;
            _handle = new TensorHandle(native, scope is null ? LibTorch.d3t_pressure(native) : 0);
            scope?.Add(this);
        }

        /// <summary>For calls: throws when this tensor is disposed.</summary>
        internal TensorHandle H => _handle.IsClosed ? throw new ObjectDisposedException(nameof(Tensor), "this tensor was disposed, perhaps by the scope it was made in") : _handle;

        /// <summary>The native pointer. Keep this object alive while it is used.</summary>
        public nint Handle => H.Raw;

        /// <summary>Whether this tensor was disposed.</summary>
        public bool IsInvalid => _handle.IsClosed;

        public void Dispose()
        {
            _handle.Dispose();
            OwningDisposeScope = null;
            GC.SuppressFinalize(this);
        }

        internal static TensorHandle Optional(Tensor? tensor) => tensor is null ? TensorHandle.None : tensor.H;

        public long ndim => LibTorch.d3t_dim(H);

        public long dim() => ndim;

        public long Dimensions => ndim;

        public long numel() => LibTorch.d3t_numel(H);

        public long NumberOfElements => numel();

        public ScalarType dtype => (ScalarType)LibTorch.d3t_dtype(H);

        public Device device => Device.FromNumber(LibTorch.d3t_device(H));

        public DeviceType device_type => device.type;

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => dtype switch
        {
            ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
            ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
            ScalarType.Int32 or ScalarType.Float32 => 4,
            _ => 8,
        };

        public unsafe long[] shape
        {
            get
            {
                var result = new long[ndim];
                fixed (long* p = result) LibTorch.d3t_sizes(H, p);
                return result;
            }
        }

        public unsafe long size(int dim)
        {
            var sizes = shape;
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        public unsafe long[] stride()
        {
            var result = new long[ndim];
            fixed (long* p = result) LibTorch.d3t_strides(H, p);
            return result;
        }

        public bool is_contiguous() => LibTorch.d3t_is_contiguous(H) == 1;

        public bool is_cpu() => LibTorch.d3t_device(H) < 0;

        public bool is_cuda => LibTorch.d3t_device(H) >= 0;

        public bool is_floating_point() => dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

        public override string ToString() => IsInvalid ? "disposed tensor" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";
    }
}
