namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>Reads a view (numbers, ranges, new axes) or a copy (tensors of positions or a mask). Writing assigns in place.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var items = Items(indices);
            fixed (IndexItem* p = items)
            {
                var result = new Tensor(LibTorch.d3t_index(H, p, items.Length));
                GC.KeepAlive(indices);
                return result;
            }
        }

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var items = Items(indices);
            fixed (IndexItem* p = items) Done(LibTorch.d3t_index_put_(H, p, items.Length, value.H));
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            var items = Items(indices);
            fixed (IndexItem* p = items) Done(LibTorch.d3t_index_put_scalar_(H, p, items.Length, value));
            GC.KeepAlive(indices);
            return this;
        }

        /// <summary>Writes, or adds when <paramref name="accumulate"/> is set, at the positions given by one tensor per dimension.</summary>
        public Tensor index_put_(Tensor[] indices, Tensor values, bool accumulate = false)
        {
            fixed (nint* p = TensorList.Raw(indices)) Done(LibTorch.d3t_index_put_tensors_(H, p, indices.Length, values.H, Bit(accumulate)));
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_select(long dim, Tensor index) => new(LibTorch.d3t_index_select(H, dim, index.H));

        public Tensor gather(long dim, Tensor index) => new(LibTorch.d3t_gather(H, dim, index.H));

        public Tensor scatter(long dim, Tensor index, Tensor src) => new(LibTorch.d3t_scatter(H, dim, index.H, src.H));

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => new(LibTorch.d3t_scatter_add(H, dim, index.H, src.H));

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => new(LibTorch.d3t_index_add(H, dim, index.H, source.H, alpha));

        public Tensor index_add(long dim, Tensor index, Tensor source) => index_add(dim, index, source, 1);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => new(LibTorch.d3t_index_copy(H, dim, index.H, source.H));

        public Tensor masked_select(Tensor mask) => new(LibTorch.d3t_masked_select(H, mask.H));

        public Tensor masked_fill(Tensor mask, Scalar value) => new(LibTorch.d3t_masked_fill(H, mask.H, value));

        public Tensor nonzero() => new(LibTorch.d3t_nonzero(H));

        public Tensor bincount(Tensor? weights = null, long minlength = 0) => new(LibTorch.d3t_bincount(H, Optional(weights), minlength));

        public Tensor inverse() => new(LibTorch.d3t_inverse(H));

        public Tensor cross(Tensor other, long dim) => new(LibTorch.d3t_cross(H, other.H, dim));

        private static IndexItem[] Items(TensorIndex[] indices) => Array.ConvertAll(indices, static index => index.Item);
    }
}
