namespace Pyrite.Kernels.Products;

/// <summary>Sizes of a batch of matrix products, and how the operands lie.</summary>
internal readonly record struct ProductSizes(int Batch, int M, int N, int K, bool TransposeA, bool TransposeB, bool SharedA, bool SharedB);
