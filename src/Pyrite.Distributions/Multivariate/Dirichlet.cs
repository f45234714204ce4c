using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Probabilities of K categories: the Beta distribution with more than two sides.</summary>
/// <remarks>Batch shape: that of concentration without its last axis. Event shape: [K]. Draws are reparameterized, implicitly.</remarks>
public sealed class Dirichlet : Distribution
{
    private static readonly SoftmaxTransform Softmax = new();

    /// <summary>Makes the distribution.</summary>
    /// <param name="concentration">One positive number a category, [.., K].</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Dirichlet(Tensor concentration, bool validate = true)
        : base(concentration.Shape[..^1], concentration.Shape[^1..], validate)
    {
        Concentration = Declare("concentration", concentration, Constraints.Independent(Constraints.Positive, 1));
    }

    /// <summary>One positive number a category, [.., K].</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Simplex;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Concentration / Total;

    /// <inheritdoc/>
    public override Tensor Variance => Concentration / Total * (1 - (Concentration / Total)) / (Total + 1);

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor excess = (Concentration - 1).Relu();
            return excess / excess.Sum(-1, keepDimensions: true);
        }
    }

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        if (HasNarrowParameters)
        {
            return Widened!.Entropy().To(DType);   // terms of the size of the concentrations cancel
        }
        Tensor total = Concentration.Sum(-1);
        return -LogNormalizer + ((total - Concentration.Shape[^1]) * total.Digamma()) - ((Concentration - 1) * Concentration.Digamma()).Sum(-1);
    }

    internal override Distribution? Widened => new Dirichlet(Concentration.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        return Softmax.Forward(key.LogGamma(Concentration, shape, DType));
    }

    /// <inheritdoc/>
    /// <remarks>With k = a - 1 and m the total less 1, log Γ(a) is k log k - k and a rest, so that the large terms go into deviances of k from m x
    /// (Loader, 2000).</remarks>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor total = Concentration.Sum(-1);
        Tensor isLarge = total > 2;
        Tensor most = Tensor.Where(isLarge, total, 3) - 1;
        Tensor scale = Tensor.Where(isLarge, most, 1);
        Tensor normalizer =
            Tensor.Where(isLarge, (most + 1).ShapeRest() + ((Concentration.Shape[^1] - 1) * most.Log()),
            Tensor.Where(isLarge, 1, total).LogGamma() + 1);
        Tensor expected = scale.OverEvent() * value;
        Tensor excess = scale * (value.Sum(-1) - 1);   // 0 on the simplex; beside it the density goes on as powers of the entries
        return normalizer - Concentration.ShapeRest().Sum(-1) - Deviance(value, scale.OverEvent(), expected).Sum(-1) + excess;
    }

    private Tensor Deviance(Tensor value, Tensor scale, Tensor expected)
    {
        Tensor counts = Concentration - 1;
        if (value.KnownLogAbove(0) is { } logs)
        {
            return counts.LogDeviance(scale.Log() + logs);
        }

        // An entry of 0 is taken in terms of itself: in its expectation the infinite slope would meet the slope of 0 that it has in the scale.
        Tensor none = value.EqualTo(0);
        return Tensor.Where(none, expected - counts.XLogY(value), counts.Deviance(Tensor.Where(none, 1, expected)));
    }

    private Tensor Total => Concentration.Sum(-1, keepDimensions: true);

    private Tensor LogNormalizer => Concentration.Sum(-1).LogGamma() - Concentration.LogGamma().Sum(-1);
}
