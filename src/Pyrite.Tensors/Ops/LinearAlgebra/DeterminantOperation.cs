using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>The determinants of square matrices.</summary>
internal readonly record struct DeterminantOperation : IOperation
{
    public string Name => "determinant";

    public int? EntryRank => 0;

    public static Tensor Of(Tensor a)
    {
        a = MatrixBatch.Prepare("determinant", a, square: true);
        return Executor.Apply(default(DeterminantOperation), new TensorSpec(a.Shape[..^2], a.DType), a);
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

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        upstream.Unsqueeze(-1).Unsqueeze(-1) * CofactorOperation.Of(inputs[0]);

    private static void Run<T>(Tensor a, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long n = a.Shape[^1];
        MatrixBatch.ForEach(MatrixBatch.Count(a.Shape), n * n * n / 3, new Body<T>(a, y));
    }

    private readonly struct Body<T>(Tensor a, Tensor y) : MatrixBatch.IMatrixBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int matrix)
        {
            int n = a.Shape[^1];
            T[] factors = a.Read<T>().Slice(matrix * n * n, n * n).ToArray();
            T product = T.CreateTruncating(LuKernel.Factor<T>(n, factors, new int[n]));
            for (int i = 0; i < n; i++)
            {
                product *= factors[i * (n + 1)];
            }
            y.Write<T>()[matrix] = product;
        }
    }
}
