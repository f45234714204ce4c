using System.Numerics;
using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>X with op(A)·X = B for triangular A; only the named triangle is read.</summary>
internal readonly record struct TriangularSolveOperation(bool IsUpper, bool Transpose, bool IsUnit) : IAddressOperation
{
    public string Name => "solve triangular";

    public int? EntryRank => 2;

    public static Tensor Of(Tensor a, Tensor b, bool isUpper, bool transpose, bool isUnit)
    {
        (a, b) = Operands.Align("solve triangular", a, b, keepsIntegers: false);
        a = MatrixBatch.Prepare("solve triangular", a, square: true);
        b = MatrixBatch.Prepare("solve triangular", b, square: false);
        Shape? batch = Shape.TryBroadcast(a.Shape[..^2], b.Shape[..^2]);
        if (batch is null || a.Shape[^1] != b.Shape[^2])
        {
            throw new ArgumentException(
                $"solve triangular: shapes {a.Shape} and {b.Shape} do not fit: the matrix [.., n, n] needs a right side [.., n, k] and batch axes "
                    + "that broadcast.");
        }
        a = a.BroadcastTo(batch + a.Shape[^2..]);
        b = b.BroadcastTo(batch + b.Shape[^2..]);
        return Executor.Apply(new TriangularSolveOperation(isUpper, transpose, isUnit), new TensorSpec(b.Shape, b.DType), a, b);
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
        Tensor right = Of(inputs[0], upstream, IsUpper, !Transpose, IsUnit);
        if (input == 1)
        {
            return right;
        }
        Tensor solved = SilentZeros.IsOn ? SilentZeros.Columns(output, upstream) : output;
        Tensor full = Transpose
            ? -MatrixMultiplication.Product(solved, right, false, transposeB: true)
            : -MatrixMultiplication.Product(right, solved, false, transposeB: true);
        int diagonal = IsUnit ? 1 : 0;
        return IsUpper ? full.UpperTriangle(diagonal) : full.LowerTriangle(-diagonal);
    }

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        MatrixBatch.IsForOneThread(result, (long)result[^2] * result[^2] * result[^1])
            ? (typeof(TriangularSolveOperation).GetMethod(nameof(OnMemory))!,
                [MatrixBatch.Count(result), result[^2], result[^1], IsUpper ? 1 : 0, Transpose ? 1 : 0, IsUnit ? 1 : 0])
            : null;

    /// <summary>The solutions on plain memory.</summary>
    public static void OnMemory(nint a, nint b, nint y, int count, int n, int m, int isUpper, int transpose, int isUnit)
    {
        PlainMemory.Read(b, count * n * m).CopyTo(PlainMemory.Write(y, count * n * m));
        for (int matrix = 0; matrix < count; matrix++)
        {
            TriangularSolve.Run(n, m, PlainMemory.Read(a, count * n * n).Slice(matrix * n * n, n * n), transpose != 0, isUpper == transpose,
                isUnit != 0, PlainMemory.Write(y, count * n * m).Slice(matrix * n * m, n * m));
        }
    }

    private void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        inputs[1].Read<T>().CopyTo(output.Write<T>());
        if (output.Count > 0)
        {
            long n = output.Shape[^2];
            MatrixBatch.ForEach(MatrixBatch.Count(output.Shape), n * n * output.Shape[^1], new Body<T>(this, inputs[0], output));
        }
    }

    private readonly struct Body<T>(TriangularSolveOperation solve, Tensor a, Tensor y) : MatrixBatch.IMatrixBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int matrix)
        {
            (int n, int m) = (y.Shape[^2], y.Shape[^1]);
            TriangularSolve.Run(
                n, m, a.Read<T>().Slice(matrix * n * n, n * n), solve.Transpose, solve.IsUpper == solve.Transpose, solve.IsUnit,
                    y.Write<T>().Slice(matrix * n * m, n * m));
        }
    }
}
