using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>The sign and log |det| of square matrices, packed as [.., 2].</summary>
internal readonly record struct LogDeterminantOperation : IOperation
{
    public string Name => "log determinant";

    public int? EntryRank => 1;

    public static Tensor Of(Tensor a)
    {
        a = MatrixBatch.Prepare("determinant", a, square: true);
        return Executor.Apply(default(LogDeterminantOperation), new TensorSpec(a.Shape[..^2] + [2], a.DType), a);
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
        upstream.Select(-1, 1).Unsqueeze(-1).Unsqueeze(-1) * inputs[0].Inverse().Transpose();

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
            T sign = T.CreateTruncating(LuKernel.Factor<T>(n, factors, new int[n]));
            T logarithm = T.Zero;
            for (int i = 0; i < n; i++)
            {
                T pivot = factors[i * (n + 1)];
                sign *= pivot == T.Zero ? T.Zero : pivot < T.Zero ? -T.One : T.One;
                logarithm += T.Log(T.Abs(pivot));
            }
            Span<T> target = y.Write<T>().Slice(matrix * 2, 2);
            target[0] = sign;
            target[1] = sign == T.Zero ? T.NegativeInfinity : logarithm;
        }
    }
}
