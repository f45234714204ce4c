using System.Numerics;
using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>The symmetric gradient of a matrix, from its Cholesky factor L and the factor's gradient L̄: sym(L⁻ᵀ Φ(Lᵀ L̄) L⁻¹), where Φ keeps the
/// lower triangle and halves the diagonal.</summary>
/// <remarks>Murray, "Differentiation of the Cholesky decomposition" (2016), equation 8. Only the lower triangles of both are read.</remarks>
internal readonly record struct CholeskyGradientOperation : IAddressOperation
{
    public string Name => "cholesky gradient";

    public int? EntryRank => 2;

    public static Tensor Of(Tensor factor, Tensor upstream) =>
        Executor.Apply(default(CholeskyGradientOperation), new TensorSpec(factor.Shape, factor.DType), factor.In(Layout.RowMajor),
            upstream.In(Layout.RowMajor));

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, output);
        }
        else
        {
            Run<double>(inputs, output);
        }
    }

    /// <summary>
    /// With the result A, H = sym(Ā) and Q = Φ(L⁻¹ H L⁻ᵀ): L̄'s gradient is L·Q, that of L is the lower triangle of L̄·Qᵀ - 2 A·H·L⁻ᵀ.
    /// </summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        Tensor factor = inputs[0], symmetric = 0.5 * (upstream + upstream.Transpose());
        Tensor half = factor.SolveTriangular(symmetric);
        Tensor inner = factor.SolveTriangular(half.Transpose()).HalvedLowerTriangle();
        if (input == 1)
        {
            return MatrixMultiplication.Product(factor, inner, transposeA: false, transposeB: false);
        }
        Tensor direct = MatrixMultiplication.Product(inputs[1].LowerTriangle(), inner, transposeA: false, transposeB: true);
        return (direct - (2 * MatrixMultiplication.Product(output, half, transposeA: false, transposeB: true))).LowerTriangle();
    }

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        MatrixBatch.IsForOneThread(result, (long)result[^1] * result[^1] * result[^1])
            ? (typeof(CholeskyGradientOperation).GetMethod(nameof(OnMemory))!, [MatrixBatch.Count(result), result[^1]])
            : null;

    /// <summary>The gradients on plain memory.</summary>
    public static void OnMemory(nint factor, nint upstream, nint y, int count, int n)
    {
        PlainMemory.Read(upstream, count * n * n).CopyTo(PlainMemory.Write(y, count * n * n));
        for (int matrix = 0; matrix < count; matrix++)
        {
            CholeskyGradientKernel.Run(n, PlainMemory.Read(factor, count * n * n).Slice(matrix * n * n, n * n),
                PlainMemory.Write(y, count * n * n).Slice(matrix * n * n, n * n));
        }
    }

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        inputs[1].Read<T>().CopyTo(output.Write<T>());
        int n = output.Shape[^1];
        if (output.Count > 0)
        {
            MatrixBatch.ForEach(MatrixBatch.Count(output.Shape), (long)n * n * n, new Body<T>(n, inputs[0], output));
        }
    }

    private readonly struct Body<T>(int n, Tensor factor, Tensor y) : MatrixBatch.IMatrixBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int matrix) =>
            CholeskyGradientKernel.Run(n, factor.Read<T>().Slice(matrix * n * n, n * n), y.Write<T>().Slice(matrix * n * n, n * n));
    }
}
