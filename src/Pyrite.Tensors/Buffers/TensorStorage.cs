using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite;

/// <summary>How numbers lie in memory.</summary>
public static class TensorStorage
{
    extension(Tensor x)
    {
        /// <summary>The same tensor stored with the last axis fastest; itself where that is the case already, as of all but images.</summary>
        /// <remarks>Values and gradients are those of the tensor. The library stores images with channels last where its kernels are faster
        /// so.</remarks>
        public Tensor Contiguous() => x.In(Layout.RowMajor);
    }
}
