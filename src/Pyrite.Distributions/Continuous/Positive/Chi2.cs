using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>The sum of <c>df</c> squared standard Gaussians, for any positive <c>df</c>.</summary>
/// <remarks>Batch shape: that of df. Event shape: []. Draws are reparameterized, implicitly. Gamma(df / 2, 1 / 2).</remarks>
public sealed class Chi2 : DerivedDistribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="df">Degrees of freedom; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Chi2(Tensor df, bool validate = true)
        : base(new Gamma(0.5 * df, 0.5, validate: false), validate)
    {
        Df = Declare("df", df, Constraints.Positive);
    }

    /// <summary>Degrees of freedom; positive.</summary>
    public Tensor Df { get; }

    internal override Distribution? Widened => new Chi2(Df.Widened, validate: false);
}
