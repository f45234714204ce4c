using Pyrite.Functions;
using Pyrite.Functions.Matrices;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>From a vector to the Cholesky factor of a correlation matrix: tanh gives partial correlations, sticks of length 1 the rows.</summary>
/// <remarks>A vector holds the entries below the diagonal row by row: n (n - 1) / 2 for an n × n matrix (Stan reference manual, Cholesky factors of
/// correlation matrices).</remarks>
public sealed class CorrelationCholeskyTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.CorrelationCholesky;

    internal override bool HasNoParameters => true;

    internal override Tensor? LogDiagonal(Tensor x) => LogRest(x, VectorMatrices.SizeBelowDiagonal(x.Shape[^1])).Diagonal();

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        int size = VectorMatrices.SizeBelowDiagonal(x.Shape[^1]);
        Tensor rest = LogRest(x, size);
        Tensor partial = x.Tanh().ToStrictlyLowerMatrix(size) + Tensor.Identity(size, x.DType);
        return (partial * rest.Exp()).ImageOf(this, x);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor sinh = y.BelowDiagonal() / y.Square().RemainderAfter().Sqrt().BelowDiagonal();
        Tensor size = sinh.Abs();
        return sinh.Sign() * (size + (size.Square() / (1 + (1 + size.Square()).Sqrt()))).Log1p();
    }

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        int size = VectorMatrices.SizeBelowDiagonal(x.Shape[^1]);
        List<double> weights = [];
        for (int row = 1; row < size; row++)
        {
            for (int column = 0; column < row; column++)
            {
                weights.Add(1 + (0.5 * (row - 1 - column)));
            }
        }
        return (LogComplement(x) * Tensor.From(weights.ToArray()).To(x.DType)).Sum(-1);
    }

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => VectorMatrices.MatrixShape(shape, VectorMatrices.SizeBelowDiagonal(shape[^1]));

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => shape[..^2] + [shape[^1] * (shape[^1] - 1) / 2];

    /// <summary>Half the logarithm of what the entries before leave of a row's length.</summary>
    private static Tensor LogRest(Tensor x, int size) => 0.5 * LogComplement(x).ToStrictlyLowerMatrix(size).RunningSum().ShiftedRight();

    /// <summary>log(1 - tanh²(x)).</summary>
    private static Tensor LogComplement(Tensor x) => 2 * (Math.Log(2) - x - (-2 * x).Softplus());
}
