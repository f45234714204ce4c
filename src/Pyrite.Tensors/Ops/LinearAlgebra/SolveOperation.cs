using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>X with op(A)·X = B for square matrices, by LU factors with row exchanges.</summary>
internal readonly record struct SolveOperation(bool Transpose) : IOperation
{
    public string Name => "solve";

    public int? EntryRank => 2;

    public static Tensor Of(Tensor a, Tensor b, bool transpose)
    {
        (a, b) = Operands.Align("solve", a, b, keepsIntegers: false);
        a = MatrixBatch.Prepare("solve", a, square: true);
        b = MatrixBatch.Prepare("solve", b, square: false);
        Shape? batch = Shape.TryBroadcast(a.Shape[..^2], b.Shape[..^2]);
        if (batch is null || a.Shape[^1] != b.Shape[^2])
        {
            throw new ArgumentException(
                $"solve: shapes {a.Shape} and {b.Shape} do not fit: the matrix [.., n, n] needs a right side [.., n, k] and batch axes that "
                    + "broadcast.");
        }
        a = a.BroadcastTo(batch + a.Shape[^2..]);
        b = b.BroadcastTo(batch + b.Shape[^2..]);
        return Executor.Apply(new SolveOperation(transpose), new TensorSpec(b.Shape, b.DType), a, b);
    }

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

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        Tensor right = Of(inputs[0], upstream, !Transpose);
        if (input == 1)
        {
            return right;
        }
        Tensor solved = SilentZeros.IsOn ? SilentZeros.Columns(output, upstream) : output;
        return Transpose
            ? -MatrixMultiplication.Product(solved, right, false, transposeB: true)
            : -MatrixMultiplication.Product(right, solved, false, transposeB: true);
    }

    private void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = MatrixBatch.Count(output.Shape);
        int n = output.Shape[^2];
        bool[] singular = new bool[count];
        MatrixBatch.ForEach(count, (long)n * n * n, new Body<T>(Transpose, inputs[0], inputs[1], output, singular));
        int first = Array.IndexOf(singular, true);
        if (first >= 0)
        {
            throw new ArgumentException(
                $"solve: matrix{MatrixBatch.Place(inputs[0].Shape, first)} of shape {inputs[0].Shape} is singular. Use PseudoInverse() or "
                    + "LeastSquares() for matrices without full rank.");
        }
    }

    private readonly struct Body<T>(bool transpose, Tensor a, Tensor b, Tensor y, bool[] singular) : MatrixBatch.IMatrixBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int matrix)
        {
            (int n, int m) = (y.Shape[^2], y.Shape[^1]);
            ReadOnlySpan<T> source = a.Read<T>().Slice(matrix * n * n, n * n);
            T[] factors = new T[n * n];
            for (int i = 0; i < n * n; i++)
            {
                factors[i] = transpose ? source[((i % n) * n) + (i / n)] : source[i];
            }
            int[] order = new int[n];
            LuKernel.Factor<T>(n, factors, order);
            ReadOnlySpan<T> right = b.Read<T>().Slice(matrix * n * m, n * m);
            Span<T> target = y.Write<T>().Slice(matrix * n * m, n * m);
            for (int i = 0; i < n; i++)
            {
                singular[matrix] |= factors[i * (n + 1)] == T.Zero;
                right.Slice(order[i] * m, m).CopyTo(target[(i * m)..]);
            }
            if (!singular[matrix] && m > 0)
            {
                LuKernel.Solve<T>(n, m, factors, target);
            }
        }
    }
}
