using Pyrite.Functions;
using Pyrite.Transforms;

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
        Tensor total = Concentration.Sum(-1);
        return -LogNormalizer + ((total - Concentration.Shape[^1]) * total.Digamma()) - ((Concentration - 1) * Concentration.Digamma()).Sum(-1);
    }

    internal override Distribution? Widened => new Dirichlet(Concentration.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        return Softmax.Forward(StandardGamma.LogDraw(key, Concentration, shape, DType));
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => value.WeighedLog(Concentration - 1).Sum(-1) + LogNormalizer;

    private Tensor Total => Concentration.Sum(-1, keepDimensions: true);

    private Tensor LogNormalizer => Concentration.Sum(-1).LogGamma() - Concentration.LogGamma().Sum(-1);
}
