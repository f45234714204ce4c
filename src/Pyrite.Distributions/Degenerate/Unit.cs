namespace Pyrite;

/// <summary>Nothing at all, with a score: the distribution behind a factor in a model.</summary>
/// <remarks>Batch shape: that of logFactor. Event shape: [0]; a draw has no elements.</remarks>
public sealed class Unit : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="logFactor">The score.</param>
    /// <param name="validate">Whether the score is checked to be a number.</param>
    public Unit(Tensor logFactor, bool validate = true)
        : base(logFactor.Shape, [0], validate) => LogFactor = Declare("logFactor", logFactor, Constraints.Real);

    /// <summary>The score.</summary>
    public Tensor LogFactor { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Tensor.Zeros(shape, DType);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => LogFactor;
}
