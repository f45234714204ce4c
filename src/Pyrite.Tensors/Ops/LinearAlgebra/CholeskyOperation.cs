using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>The lower Cholesky factor of symmetric positive definite matrices; the lower triangle is read.</summary>
internal readonly record struct CholeskyOperation : IOperation
{
    public string Name => "cholesky";

    public int? EntryRank => 2;

    public static Tensor Of(Tensor a)
    {
        a = MatrixBatch.Prepare("cholesky", a, square: true);
        return Executor.Apply(default(CholeskyOperation), new TensorSpec(a.Shape, a.DType), a);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs[0], output);
        }
        else
        {
            Run<double>(inputs[0], output);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => CholeskyGradientOperation.Of(output, upstream);

    private static void Run<T>(Tensor a, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = a.Shape[^1];
        int count = MatrixBatch.Count(a.Shape);
        int[] failed = new int[count];
        int lanes = CholeskyGroup.Lanes<T>(n);
        MatrixBatch.ForEach((count + lanes - 1) / lanes, (long)lanes * n * n * n / 6, new Body<T>(n, lanes, a, y, failed));
        for (int matrix = 0; matrix < count; matrix++)
        {
            if (failed[matrix] >= 0)
            {
                T pivot = y.Read<T>()[(matrix * n * n) + (failed[matrix] * (n + 1))];
                throw new ArgumentException(
                    $"cholesky: matrix{MatrixBatch.Place(a.Shape, matrix)} of shape {a.Shape} is not positive definite: "
                        + $"pivot {failed[matrix]} is {pivot}. Check that it is a covariance, or add a small multiple of the identity.");
            }
        }
    }

    /// <summary>Works on as many neighbouring matrices at once as the vectors have lanes.</summary>
    private readonly struct Body<T>(int n, int lanes, Tensor a, Tensor y, int[] failed) : MatrixBatch.IMatrixBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int group)
        {
            int first = group * lanes;
            int count = Math.Min(lanes, failed.Length - first);
            Range range = (first * n * n)..((first + count) * n * n);
            CholeskyGroup.Factor(n, lanes, a.Read<T>()[range], y.Write<T>()[range], failed.AsSpan(first, count));
        }
    }
}
