using Pyrite.Engine;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;
using Pyrite.Text;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>What all factorizations share: checks of shapes, and loops over the matrices of a batch.</summary>
internal static class MatrixBatch
{
    private const int Grain = 4096;

    /// <summary>Does the work of one matrix of a batch.</summary>
    public interface IMatrixBody
    {
        /// <summary>The matrix with this number.</summary>
        void Run(int matrix);
    }

    /// <summary>Row-major real matrices, or an error that names the operation.</summary>
    public static Tensor Prepare(string operation, Tensor a, bool square)
    {
        if (a.Rank < 2 || (square && a.Shape[^1] != a.Shape[^2]))
        {
            throw new ArgumentException(
                $"{operation}: {(square ? "square matrices [.., n, n]" : "matrices [.., m, n]")} are needed; found shape {a.Shape}.");
        }
        return (a.DType.IsFloatingPoint ? a : a.To(Precision.Default)).In(Layout.RowMajor);
    }

    /// <summary>The number of matrices.</summary>
    public static int Count(Shape shape) => checked((int)shape[..^2].Count);

    /// <summary>The position of a matrix among the batch axes, as text; empty for a single matrix.</summary>
    public static string Place(Shape shape, int matrix)
    {
        int[] position = new int[shape.Rank - 2];
        for (int axis = position.Length - 1; axis >= 0; axis--)
        {
            (matrix, position[axis]) = Math.DivRem(matrix, shape[axis]);
        }
        return position.Length == 0 ? string.Empty : $" [{NumberList.Text(position)}]";
    }

    /// <summary>Whether all matrices of a batch are one thread's work, so that a compiled program may call their kernel on plain memory.</summary>
    /// <param name="shape">Of the matrices.</param>
    /// <param name="work">Multiply-adds of one.</param>
    public static bool IsForOneThread(Shape shape, long work) => shape.Count > 0 && Count(shape) * work <= Grain;

    /// <summary>Runs over all matrices on all threads; small ones in groups.</summary>
    /// <param name="count">How many matrices.</param>
    /// <param name="work">Multiply-adds of one.</param>
    /// <param name="body">What to do.</param>
    public static void ForEach<TBody>(int count, long work, TBody body)
        where TBody : struct, IMatrixBody
    {
        int group = (int)Math.Clamp(Grain / Math.Max(1, work), 1, 64);
        Grouped<TBody> grouped = new(body, count, group);
        WorkerPool.For((count + group - 1) / group, ref grouped);
    }

    private readonly struct Grouped<TBody>(TBody body, int count, int group) : IParallelBody
        where TBody : struct, IMatrixBody
    {
        public void Run(int index)
        {
            int end = Math.Min(count, (index + 1) * group);
            for (int matrix = index * group; matrix < end; matrix++)
            {
                body.Run(matrix);
            }
        }
    }
}
