using System.Numerics.Tensors;

namespace Pyrite.Initializers;

/// <summary>Random orthonormal vectors.</summary>
/// <remarks>Gram and Schmidt's procedure, done twice for accuracy, on Normal vectors: uniform over orthogonal matrices (Stewart 1980).</remarks>
internal static class OrthogonalDraws
{
    public static Tensor Draw(RandomKey key, Shape shape, double gain)
    {
        if (shape.Rank < 2)
        {
            throw new ArgumentException($"An orthogonal start needs a weight of two axes or more; found {shape}.", nameof(shape));
        }
        int rows = shape[0];
        int columns = checked((int)shape[1..].Count);
        int count = Math.Min(rows, columns);
        int length = Math.Max(rows, columns);
        double[] vectors = new double[checked(count * length)];
        key.FillNormal(vectors);
        for (int i = 0; i < count; i++)
        {
            Orthonormalize(vectors, i, length);
        }
        Tensor matrix = Tensor.From<double>(vectors, [count, length]) * gain;
        return (rows > columns ? matrix.Transpose() : matrix).Reshape(shape).To(Precision.Default);
    }

    private static void Orthonormalize(double[] vectors, int index, int length)
    {
        const int Passes = 2;
        Span<double> vector = vectors.AsSpan(index * length, length);
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int i = 0; i < index; i++)
            {
                ReadOnlySpan<double> earlier = vectors.AsSpan(i * length, length);
                TensorPrimitives.MultiplyAdd(earlier, -TensorPrimitives.Dot(earlier, vector), vector, vector);
            }
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<double>(vector), vector);
        }
    }
}
