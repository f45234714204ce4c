using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Gaussian matrices loc + R Z Cᵀ with independent standard Gaussians Z: one covariance for rows, one for columns.</summary>
/// <remarks>Batch shape: broadcast of the parameters without their event axes. Event shape: [n, p]. Draws are reparameterized.</remarks>
public sealed class MatrixNormal : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mean, [.., n, p].</param>
    /// <param name="scaleTrilRow">R, [.., n, n]; lower-triangular with a positive diagonal.</param>
    /// <param name="scaleTrilColumn">C, [.., p, p]; lower-triangular with a positive diagonal.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not fit.</exception>
    public MatrixNormal(Tensor loc, Tensor scaleTrilRow, Tensor scaleTrilColumn, bool validate = true)
        : base(Shape.Broadcast(loc.Shape[..^2], scaleTrilRow.Shape[..^2], scaleTrilColumn.Shape[..^2]),
            [scaleTrilRow.Shape[^1], scaleTrilColumn.Shape[^1]], validate)
    {
        Loc = Declare("loc", loc, Constraints.Independent(Constraints.Real, 2));
        ScaleTrilRow = AsReal(Declare("scaleTrilRow", scaleTrilRow, Constraints.LowerCholesky));
        ScaleTrilColumn = AsReal(Declare("scaleTrilColumn", scaleTrilColumn, Constraints.LowerCholesky));
    }

    /// <summary>The mean.</summary>
    public Tensor Loc { get; }

    /// <summary>R.</summary>
    public Tensor ScaleTrilRow { get; }

    /// <summary>C.</summary>
    public Tensor ScaleTrilColumn { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Independent(Constraints.Real, 2);

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Loc.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance =>
        (ScaleTrilRow.Square().Sum(-1).Unsqueeze(-1) * ScaleTrilColumn.Square().Sum(-1).Unsqueeze(-2)).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Mode => Mean;

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        (int rows, int columns) = (EventShape[0], EventShape[1]);
        Tensor volume = (columns * ScaleTrilRow.Diagonal().Log().Sum(-1)) + (rows * ScaleTrilColumn.Diagonal().Log().Sum(-1));
        return OverBatch((rows * columns * (0.5 + HalfLogTwoPi)) + volume);
    }

    internal override Distribution? Widened => new MatrixNormal(Loc.Widened, ScaleTrilRow.Widened, ScaleTrilColumn.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        Loc + ScaleTrilRow.MatMul(key.Normal(shape, DType)).MatMul(ScaleTrilColumn.Transpose());

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        (int rows, int columns) = (EventShape[0], EventShape[1]);
        Tensor whitened = ScaleTrilRow.InverseOfLower().MatMul(value - Loc).MatMul(ScaleTrilColumn.InverseOfLower().Transpose());
        Tensor volume = (columns * ScaleTrilRow.Diagonal().Log().Sum(-1)) + (rows * ScaleTrilColumn.Diagonal().Log().Sum(-1));
        return (-0.5 * whitened.Square().Sum([-2, -1])) - volume - (rows * columns * HalfLogTwoPi);
    }
}
