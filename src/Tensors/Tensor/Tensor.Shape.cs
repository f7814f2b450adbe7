namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor reshape(params ReadOnlySpan<long> shape)
        {
            fixed (long* s = shape) return new Tensor(LibTorch.d3t_reshape(H, s, shape.Length));
        }

        public Tensor view(params ReadOnlySpan<long> shape)
        {
            fixed (long* s = shape) return new Tensor(LibTorch.d3t_view(H, s, shape.Length));
        }

        public Tensor permute(params ReadOnlySpan<long> permutation)
        {
            fixed (long* s = permutation) return new Tensor(LibTorch.d3t_permute(H, s, permutation.Length));
        }

        public Tensor expand(params ReadOnlySpan<long> sizes)
        {
            fixed (long* s = sizes) return new Tensor(LibTorch.d3t_expand(H, s, sizes.Length));
        }

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor repeat(params ReadOnlySpan<long> sizes)
        {
            fixed (long* s = sizes) return new Tensor(LibTorch.d3t_repeat(H, s, sizes.Length));
        }

        public Tensor repeat_interleave(long repeats, long dim) => new(LibTorch.d3t_repeat_interleave(H, repeats, dim));

        public Tensor flip(params ReadOnlySpan<long> dims)
        {
            fixed (long* s = dims) return new Tensor(LibTorch.d3t_flip(H, s, dims.Length));
        }

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims)
        {
            fixed (long* s = shifts, d = dims) return new Tensor(LibTorch.d3t_roll(H, s, shifts.Length, d, dims.Length));
        }

        public Tensor roll(long shifts, long dims) => roll([shifts], [dims]);

        public Tensor transpose(long dim0, long dim1) => new(LibTorch.d3t_transpose(H, dim0, dim1));

        public Tensor t() => transpose(0, 1);

        /// <summary>The last two dimensions exchanged.</summary>
        public Tensor mT => transpose(-2, -1);

        public Tensor squeeze() => new(LibTorch.d3t_squeeze(H));

        public Tensor squeeze(long dim) => new(LibTorch.d3t_squeeze_dim(H, dim));

        public Tensor unsqueeze(long dim) => new(LibTorch.d3t_unsqueeze(H, dim));

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => new(LibTorch.d3t_flatten(H, start_dim, end_dim));

        public Tensor slice(long dim, long start, long finish, long step) => new(LibTorch.d3t_slice(H, dim, start, finish, step));

        public Tensor select(long dim, long index) => new(LibTorch.d3t_select(H, dim, index));

        public Tensor narrow(long dim, long start, long length) => new(LibTorch.d3t_narrow(H, dim, start, length));

        public Tensor diff(long n = 1, long dim = -1) => new(LibTorch.d3t_diff(H, n, dim));

        public Tensor triu(long diagonal = 0) => new(LibTorch.d3t_triu(H, diagonal));

        public Tensor tril(long diagonal = 0) => new(LibTorch.d3t_tril(H, diagonal));

        public Tensor diag(long diagonal = 0) => new(LibTorch.d3t_diag(H, diagonal));

        public Tensor[] split(long size, long dim = 0)
        {
            if (size <= 0) throw new ArgumentOutOfRangeException(nameof(size), size, "split: a positive size expected");
            var pieces = new nint[Math.Max(1, (this.size((int)dim) + size - 1) / size)];
            fixed (nint* p = pieces)
            {
                var count = LibTorch.Check(LibTorch.d3t_split(H, size, dim, p, pieces.Length));
                return TensorList.Own(pieces.AsSpan(0, (int)count));
            }
        }

        public Tensor[] split(long[] sizes, long dim = 0)
        {
            var pieces = new nint[sizes.Length];
            fixed (nint* p = pieces)
            fixed (long* s = sizes)
            {
                var count = LibTorch.Check(LibTorch.d3t_split_sizes(H, s, sizes.Length, dim, p, pieces.Length));
                return TensorList.Own(pieces.AsSpan(0, (int)count));
            }
        }

        public Tensor[] chunk(long chunks, long dim = 0)
        {
            if (chunks <= 0) throw new ArgumentOutOfRangeException(nameof(chunks), chunks, "chunk: a positive number expected");
            var pieces = new nint[chunks];
            fixed (nint* p = pieces)
            {
                var count = LibTorch.Check(LibTorch.d3t_chunk(H, chunks, dim, p, chunks));
                return TensorList.Own(pieces.AsSpan(0, (int)count));
            }
        }

        public Tensor[] unbind(long dim = 0)
        {
            var pieces = new nint[size((int)dim)];
            fixed (nint* p = pieces)
            {
                var count = LibTorch.Check(LibTorch.d3t_unbind(H, dim, p, pieces.Length));
                return TensorList.Own(pieces.AsSpan(0, (int)count));
            }
        }
    }
}
