using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>A path from 0 whose steps are Gaussians with standard deviation <c>scale</c>.</summary>
/// <remarks>Batch shape: that of scale. Event shape: [numSteps]; the first element is the position after one step. Draws are
/// reparameterized.</remarks>
public sealed class GaussianRandomWalk : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="scale">The standard deviation of a step; positive.</param>
    /// <param name="numSteps">The number of steps; 1 or more.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">The scale is not positive, or there are no steps.</exception>
    public GaussianRandomWalk(Tensor scale, int numSteps = 1, bool validate = true)
        : base(scale.Shape, [numSteps], validate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numSteps, 1);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The standard deviation of a step.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Tensor.Zeros(BatchShape + EventShape, DType);

    /// <inheritdoc/>
    public override Tensor Variance => Scale.OverEvent().Square() * (Tensor.Range(EventShape[0]) + 1);

    /// <inheritdoc/>
    public override Tensor Mode => Mean;

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(EventShape[0] * (Scale.Log() + (0.5 + HalfLogTwoPi)));

    internal override Distribution? Widened => new GaussianRandomWalk(Scale.Widened, EventShape[0], validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Scale.OverEvent() * key.Normal(shape, DType).RunningSum();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor steps = (value - value.ShiftedRight()) / Scale.OverEvent();
        return (-0.5 * steps.Square().Sum(-1)) - (EventShape[0] * (Scale.Log() + HalfLogTwoPi));
    }
}
