namespace Pyrite;

/// <summary>Products of vectors and matrices beyond <c>MatMul</c>, powers and the matrix exponential.</summary>
public static class MatrixProducts
{
    private const double LargestNorm = 1.0;
    private const int PadeDegree = 8;

    extension(Tensor a)
    {
        /// <summary>The products of all pairs of elements of two vectors, [m, n].</summary>
        public Tensor Outer(Tensor b) => a.Unsqueeze(-1) * b.Unsqueeze(-2);

        /// <summary>Σ aᵢ bᵢ over the last axis.</summary>
        public Tensor Dot(Tensor b) => (a * b).Sum(-1);

        /// <summary>The Kronecker product of two matrices.</summary>
        public Tensor Kronecker(Tensor b)
        {
            Tensor blocks = a.Unsqueeze(-1).Unsqueeze(-3) * b.Unsqueeze(-2).Unsqueeze(-4);
            return blocks.Reshape(blocks.Shape[..^4] + [blocks.Shape[^4] * blocks.Shape[^3], blocks.Shape[^2] * blocks.Shape[^1]]);
        }

        /// <summary>The vector product of vectors of three elements along an axis.</summary>
        public Tensor Cross(Tensor b, int axis = -1)
        {
            if (a.Shape[axis] != 3 || b.Shape[axis] != 3)
            {
                throw new ArgumentException($"cross: vectors of three elements are needed along axis {axis}; found shapes {a.Shape} and {b.Shape}.");
            }
            return (a.Roll(-1, axis) * b.Roll(-2, axis)) - (a.Roll(-2, axis) * b.Roll(-1, axis));
        }

        /// <summary>Euclidean distances between the rows of two matrices, [.., rows of a, rows of b]; gradient 0 where a distance is 0.</summary>
        public Tensor Distances(Tensor b) => (a.Unsqueeze(-2) - b.Unsqueeze(-3)).Norm([-1]);

        /// <summary>The n-th power of square matrices; negative powers are those of the inverse.</summary>
        public Tensor MatrixPower(int n)
        {
            if (n < 0)
            {
                return a.Inverse().MatrixPower(checked(-n));
            }
            Tensor? power = null;
            Tensor square = a;
            for (; n > 0; n >>= 1)
            {
                power = (n & 1) == 0 ? power : power is null ? square : power.MatMul(square);
                square = n > 1 ? square.MatMul(square) : square;
            }
            return power ?? Tensor.Identity(a.Shape[^1], a.DType).BroadcastTo(a.Shape);
        }

        /// <summary>e^A = Σ Aᵏ / k! of square matrices.</summary>
        /// <remarks>Scaling and squaring with a diagonal Padé approximant (Moler, Van Loan 2003, method 3).</remarks>
        public Tensor MatrixExponential()
        {
            double norm = a.Count == 0 ? 0 : a.Detach().Abs().Sum(-1).Max().Item();
            int squarings = double.IsFinite(norm) && norm > LargestNorm ? (int)Math.Ceiling(Math.Log2(norm / LargestNorm)) : 0;
            Tensor scaled = a * Math.Pow(2, -squarings);
            Tensor power = Tensor.Identity(a.Shape[^1], a.DType);
            Tensor numerator = power;
            Tensor denominator = power;
            double coefficient = 1;
            for (int k = 1; k <= PadeDegree; k++)
            {
                coefficient *= (double)(PadeDegree - k + 1) / (k * ((2 * PadeDegree) - k + 1));
                power = scaled.MatMul(power);
                numerator += coefficient * power;
                denominator += (k % 2 == 0 ? coefficient : -coefficient) * power;
            }
            Tensor result = denominator.Solve(numerator);
            for (int i = 0; i < squarings; i++)
            {
                result = result.MatMul(result);
            }
            return result;
        }
    }
}
