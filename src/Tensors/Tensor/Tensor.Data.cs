using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The only element, converted.</summary>
        public unsafe T item<T>() where T : unmanaged
        {
            if (numel() != 1) throw new InvalidOperationException($"item: one element expected, the tensor is {this}");
            if (typeof(T) == typeof(long) || typeof(T) == typeof(int) || typeof(T) == typeof(bool))
            {
                long whole;
                LibTorch.Check(LibTorch.d3t_item_int64(H, &whole));
                return (T)Convert.ChangeType(whole, typeof(T), null);
            }

            double value;
            LibTorch.Check(LibTorch.d3t_item_double(H, &value));
            if (typeof(T) == typeof(double)) return *(T*)&value;
            if (typeof(T) == typeof(float))
            {
                var single = (float)value;
                return *(T*)&single;
            }

            return (T)Convert.ChangeType(value, typeof(T), null);
        }

        public float ToSingle() => item<float>();

        public double ToDouble() => item<double>();

        public int ToInt32() => item<int>();

        public long ToInt64() => item<long>();

        public bool ToBoolean() => item<bool>();

        /// <summary>The elements of a tensor on the CPU, in place. Keep the tensor alive while it is used.</summary>
        /// <exception cref="InvalidOperationException">The tensor is elsewhere or has another element type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            if (!is_cpu()) throw new InvalidOperationException($"data: the tensor must be on the CPU, it is {this}; call cpu() first");
            if (TypeOf<T>() != dtype) throw new InvalidOperationException($"data: elements are {dtype}, asked for {typeof(T).Name}");
            return new TensorAccessor<T>(this);
        }

        /// <summary>The bytes of a contiguous tensor on the CPU, in place. Keep the tensor alive while they are used.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_cpu() || !is_contiguous()) throw new InvalidOperationException($"bytes: a contiguous tensor on the CPU expected, got {this}");
                return new Span<byte>((void*)LibTorch.d3t_data_ptr(H), checked((int)LibTorch.d3t_nbytes(H)));
            }
            set => value.CopyTo(bytes);
        }

        public Tensor to(ScalarType type, bool copy = false) => new(LibTorch.d3t_to(H, (int)type, LibTorch.d3t_device(H), copy ? 1 : 0));

        public Tensor to(Device device, bool copy = false) => new(LibTorch.d3t_to(H, (int)dtype, device.Number, copy ? 1 : 0));

        public Tensor to(ScalarType type, Device device, bool copy = false) => new(LibTorch.d3t_to(H, (int)type, device.Number, copy ? 1 : 0));

        public Tensor to_type(ScalarType type, bool copy = false) => to(type, copy);

        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null) => to(device ?? CUDA);

        public Tensor @float() => to(ScalarType.Float32);

        public Tensor @double() => to(ScalarType.Float64);

        public Tensor @long() => to(ScalarType.Int64);

        public Tensor @bool() => to(ScalarType.Bool);

        public Tensor clone() => new(LibTorch.d3t_clone(H));

        /// <summary>A second owner of the same native tensor.</summary>
        public Tensor alias() => new(LibTorch.d3t_alias(H));

        public Tensor contiguous() => new(LibTorch.d3t_contiguous(H));

        public Tensor copy_(Tensor source, bool non_blocking = false)
        {
            LibTorch.Check(LibTorch.d3t_copy_(H, source.H));
            return this;
        }
    }
}
