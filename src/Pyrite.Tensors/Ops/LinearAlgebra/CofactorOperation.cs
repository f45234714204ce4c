using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>Cofactor matrices, the gradients of determinants: det(U)·det(V)·U·diag(Π_{j≠i} σⱼ)·Vᵀ, right for singular matrices too.</summary>
internal readonly record struct CofactorOperation : IOperation
{
    public string Name => "cofactors";

    public int? EntryRank => 2;

    public static Tensor Of(Tensor a) => Executor.Apply(default(CofactorOperation), new TensorSpec(a.Shape, a.DType), a);

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

    /// <summary>From C = det(A)·A⁻ᵀ; needs matrices of full rank.</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        Tensor inverse = inputs[0].Inverse().Transpose();
        Tensor inner = (upstream * output).Sum([-2, -1], keepDimensions: true);
        return (inner * inverse) - MatrixMultiplication.Product(MatrixMultiplication.Product(output, upstream, false, true), inverse, false, false);
    }

    private static void Run<T>(Tensor a, Tensor y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long n = a.Shape[^1];
        MatrixBatch.ForEach(MatrixBatch.Count(a.Shape), 20 * n * n * n, new Body<T>(a, y));
    }

    private readonly struct Body<T>(Tensor a, Tensor y) : MatrixBatch.IMatrixBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int matrix)
        {
            int n = a.Shape[^1];
            T[] right = a.Read<T>().Slice(matrix * n * n, n * n).ToArray();
            T[] left = new T[n * n];
            T[] values = new T[n];
            SvdKernel.Orthogonalize<T>(n, n, right, left, values);
            Complete(n, right, values);
            T sign = Sign(n, left) * Sign(n, right);
            Span<T> target = y.Write<T>().Slice(matrix * n * n, n * n);
            target.Clear();
            for (int i = 0; i < n; i++)
            {
                T others = sign;
                for (int j = 0; j < n; j++)
                {
                    others *= j == i ? T.One : values[j];
                }
                for (int row = 0; row < n; row++)
                {
                    T weight = others * left[(i * n) + row];
                    for (int column = 0; column < n; column++)
                    {
                        target[(row * n) + column] += weight * right[(i * n) + column];
                    }
                }
            }
        }

        /// <summary>Gives rows of singular value 0 a direction orthogonal to the others.</summary>
        private static void Complete(int n, T[] rows, T[] values)
        {
            for (int i = 0; i < n; i++)
            {
                for (int axis = 0; axis < n && values[i] == T.Zero; axis++)
                {
                    T[] candidate = new T[n];
                    candidate[axis] = T.One;
                    for (int j = 0; j < i; j++)
                    {
                        T along = rows[(j * n) + axis];
                        for (int k = 0; k < n; k++)
                        {
                            candidate[k] -= along * rows[(j * n) + k];
                        }
                    }
                    T square = T.Zero;
                    foreach (T entry in candidate)
                    {
                        square += entry * entry;
                    }
                    if (square > T.CreateTruncating(0.5 / n))
                    {
                        T length = T.Sqrt(square);
                        for (int k = 0; k < n; k++)
                        {
                            rows[(i * n) + k] = candidate[k] / length;
                        }
                        break;
                    }
                }
            }
        }

        private static T Sign(int n, T[] orthogonal)
        {
            T[] factors = (T[])orthogonal.Clone();
            int sign = LuKernel.Factor<T>(n, factors, new int[n]);
            for (int i = 0; i < n; i++)
            {
                sign = factors[i * (n + 1)] < T.Zero ? -sign : sign;
            }
            return T.CreateTruncating(sign);
        }
    }
}
