using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Gaussian vectors whose entries sum to 0: effects of groups relative to their mean.</summary>
/// <remarks>Batch shape: that of scale. Event shape: [size]. The density is that on the subspace of size - 1 dimensions. Draws are
/// reparameterized.</remarks>
public sealed class ZeroSumNormal : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="scale">The standard deviation within the subspace; positive.</param>
    /// <param name="size">The number of entries; 1 or more.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">The scale is not positive, or there are no entries.</exception>
    public ZeroSumNormal(Tensor scale, int size, bool validate = true)
        : base(scale.Shape, [size], validate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The standard deviation within the subspace.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.ZeroSum;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Tensor.Zeros(BatchShape + EventShape, DType);

    /// <inheritdoc/>
    public override Tensor Variance => (Scale.Square() * (1 - (1.0 / EventShape[0]))).OverEvent().BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Mode => Mean;

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((EventShape[0] - 1) * (Scale.Log() + (0.5 + HalfLogTwoPi)));

    internal override Distribution? Widened => new ZeroSumNormal(Scale.Widened, EventShape[0], validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor noise = key.Normal(shape, DType);
        return Scale.OverEvent() * (noise - noise.Mean(-1, keepDimensions: true));
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) =>
        (-0.5 * (value / Scale.OverEvent()).Square().Sum(-1)) - ((EventShape[0] - 1) * (Scale.Log() + HalfLogTwoPi));
}
