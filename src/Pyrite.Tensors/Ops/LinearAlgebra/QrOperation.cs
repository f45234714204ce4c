using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>Reduced QR factors of tall matrices, packed as Q above R in [.., m + n, n].</summary>
/// <remarks>Gradient: Walter, Lehmann, "Algorithmic differentiation of linear algebra functions", 2018.</remarks>
internal readonly record struct QrOperation : IOperation
{
    public string Name => "qr";

    public int? EntryRank => 2;

    public static Tensor Of(Tensor a)
    {
        a = MatrixBatch.Prepare("qr", a, square: false);
        (int m, int n) = (a.Shape[^2], a.Shape[^1]);
        return m >= n
            ? Executor.Apply(default(QrOperation), new TensorSpec(a.Shape[..^2] + [m + n, n], a.DType), a)
            : throw new ArgumentException(
                $"qr: at least as many rows as columns are needed; found shape {a.Shape}. Transpose it for an LQ factorization.");
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

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        (int m, int n) = (inputs[0].Shape[^2], inputs[0].Shape[^1]);
        (Tensor q, Tensor r) = (output.Slice(-2, 0, m), output.Slice(-2, m, n));
        (Tensor dq, Tensor dr) = (upstream.Slice(-2, 0, m), upstream.Slice(-2, m, n).UpperTriangle());
        Tensor inner = MatrixMultiplication.Product(r, dr, false, true) - MatrixMultiplication.Product(dq, q, true, false);
        Tensor lower = inner.HalvedLowerTriangle();
        Tensor right = dq + q.MatMul(lower + lower.Transpose());
        return r.SolveTriangularRight(right, upper: true, transpose: true);
    }

    private static void Run<T>(Tensor a, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long n = a.Shape[^1];
        MatrixBatch.ForEach(MatrixBatch.Count(a.Shape), 4 * n * n * a.Shape[^2], new Body<T>(a, y));
    }

    private readonly struct Body<T>(Tensor a, Tensor y) : MatrixBatch.IMatrixBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int matrix)
        {
            (int m, int n) = (a.Shape[^2], a.Shape[^1]);
            T[] copy = a.Read<T>().Slice(matrix * m * n, m * n).ToArray();
            Span<T> target = y.Write<T>().Slice(matrix * (m + n) * n, (m + n) * n);
            QrKernel.Factor(m, n, copy, target[..(m * n)], target[(m * n)..]);
        }
    }
}
