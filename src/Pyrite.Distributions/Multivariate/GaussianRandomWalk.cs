using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>A path whose steps are Gaussians with standard deviation <c>scale</c>, from 0 or from a start.</summary>
/// <remarks>Batch shape: the broadcast of scale and start. Event shape: [numSteps]; the first element is the position after one step. Draws are
/// reparameterized.</remarks>
public sealed class GaussianRandomWalk : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="scale">The standard deviation of a step; positive.</param>
    /// <param name="numSteps">The number of steps; 1 or more.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <param name="start">Where the path comes from, one step before its first element; 0 if not given. It may be a latent.</param>
    /// <exception cref="ArgumentException">The scale is not positive, or there are no steps.</exception>
    public GaussianRandomWalk(Tensor scale, int numSteps = 1, bool validate = true, Tensor? start = null)
        : base(start is null ? scale.Shape : Shape.Broadcast(scale.Shape, start.Shape), [numSteps], validate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numSteps, 1);
        Scale = Declare("scale", scale, Constraints.Positive);
        Start = start is null ? null : Declare("start", start, Constraints.Real);
    }

    /// <summary>Where the path comes from; null for 0.</summary>
    public Tensor? Start { get; }

    /// <summary>The standard deviation of a step.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Start is null ? Tensor.Zeros(BatchShape + EventShape, DType)
        : Start.OverEvent().BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance => (Scale.OverEvent().Square() * (Tensor.Range(EventShape[0]) + 1)).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Mode => Mean;

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(EventShape[0] * (Scale.Log() + (0.5 + HalfLogTwoPi)));

    internal override Distribution? Widened => new GaussianRandomWalk(Scale.Widened, EventShape[0], validate: false, Start?.Widened);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor path = Scale.OverEvent() * key.Normal(shape, DType).RunningSum();
        return Start is null ? path : path + Start.OverEvent();
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        value = Start is null ? value : value - Start.OverEvent();
        Tensor steps = (value - value.ShiftedRight()) / Scale.OverEvent();
        return (-0.5 * steps.Square().Sum(-1)) - (EventShape[0] * (Scale.Log() + HalfLogTwoPi));
    }
}
