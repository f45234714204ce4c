using Pyrite.Ops.Products;

namespace Pyrite;

/// <summary>Matrix products.</summary>
public static partial class MatrixMultiplication
{
    extension(Tensor a)
    {
        /// <summary>The matrix product of the last two axes; the axes before them broadcast.</summary>
        /// <param name="b">[.., k, n], or a vector [k].</param>
        /// <remarks>a is [.., m, k], or a vector [k], which then counts as one row that is dropped again.</remarks>
        /// <returns>[.., m, n] without the axes that vectors did not have.</returns>
        /// <exception cref="ArgumentException">The inner sizes differ, or an operand is a scalar.</exception>
        public Tensor MatMul(Tensor b) => Product(a, b, false, false);
    }

    internal static Tensor Product(Tensor a, Tensor b, bool transposeA, bool transposeB)
    {
        if (a.Rank == 0 || b.Rank == 0)
        {
            throw new ArgumentException(
                $"matmul: vectors or matrices are needed; found shapes {a.Shape} and {b.Shape}. Multiply by a scalar with *.");
        }
        if (a.Rank == 1)
        {
            Tensor rows = Product(a.Reshape(1, a.Shape[0]), b, false, transposeB);
            return rows.Reshape(b.Rank == 1 ? Shape.Scalar : rows.Shape[..^2] + rows.Shape[^1..]);
        }
        if (b.Rank == 1)
        {
            Tensor columns = Product(a, b.Reshape(b.Shape[0], 1), transposeA, false);
            return columns.Reshape(columns.Shape[..^1]);
        }
        if (a.Rank > 2 && b.Rank == 2 && !transposeA && a.Shape[^1] == b.Shape[transposeB ? 1 : 0])
        {
            Tensor flat = a.Reshape(checked((int)a.Shape[..^1].Count), a.Shape[^1]);
            Tensor rows = MatMulOperation.Of(flat, b, null, false, transposeB);
            return rows.Reshape(a.Shape[..^1] + rows.Shape[^1..]);
        }
        return MatMulOperation.Of(a, b, null, transposeA, transposeB);
    }
}
