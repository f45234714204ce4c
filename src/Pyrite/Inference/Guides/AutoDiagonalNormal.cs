using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>A joint guide of independent Normal numbers on the unconstrained side.</summary>
/// <remarks>The family of <see cref="AutoNormal{T}"/> with parameters in one vector each: <c>auto.loc</c> and <c>auto.scale</c>.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public sealed class AutoDiagonalNormal<T> : AutoNormalJointGuide<T>
{
    private readonly double initialScale;

    /// <summary>Makes the guide; the model runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">Where the mean starts; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    /// <param name="initialScale">The first standard deviation on the unconstrained side.</param>
    public AutoDiagonalNormal(Action<T> model, GuideStart? start = null, double initialScale = 0.1)
        : base(model, start)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialScale);
        this.initialScale = initialScale;
    }

    /// <inheritdoc/>
    protected internal override Distribution Posterior() => new Normal(Loc(), Scale(), validate: false).ToEvent(1);

    /// <inheritdoc/>
    protected internal override (Tensor Vector, Tensor LogChange) FromNoise(Tensor noise)
    {
        Tensor scale = Scale();
        return (Loc() + (scale * noise), scale.Log().Sum());
    }

    private Tensor Loc() => Param($"{Prefix}.loc", StartVector);

    private Tensor Scale() => Param($"{Prefix}.scale", () => Tensor.Full([Size], initialScale, StartVector.DType), Constraints.Positive);
}
