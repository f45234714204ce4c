namespace Pyrite.Divergences;

/// <summary>What is known in closed form about a distribution of real numbers.</summary>
/// <param name="Low">The lower end of its support.</param>
/// <param name="High">The upper end.</param>
/// <param name="Mean">E[x].</param>
/// <param name="Variance">Var[x].</param>
/// <param name="Log">E[log x], or null.</param>
/// <param name="LogComplement">E[log(1 - x)], or null.</param>
/// <param name="Laplace">t ↦ E[e^(-tx)] for positive t, or null.</param>
internal sealed record Expectations(Tensor Low, Tensor High, Tensor Mean, Tensor Variance, Tensor? Log = null, Tensor? LogComplement = null,
    Func<Tensor, Tensor>? Laplace = null)
{
    private const double Euler = 0.57721566490153286061;
    private const double Infinity = double.PositiveInfinity;

    /// <summary>The expectations of a distribution, or null for families that are not known here.</summary>
    public static Expectations? Of(Distribution distribution) => distribution switch
    {
        Normal d => new(-Infinity, Infinity, d.Mean, d.Variance, Laplace: t => ((-t * d.Loc) + (0.5 * (t * d.Scale).Square())).Exp()),
        Laplace d => new(-Infinity, Infinity, d.Mean, d.Variance),
        Gumbel d => new(-Infinity, Infinity, d.Mean, d.Variance, Laplace: t => ((1 + (t * d.Scale)).LogGamma() - (t * d.Loc)).Exp()),
        Exponential d => new(0, Infinity, d.Mean, d.Variance, -Euler - d.Rate.Log(), Laplace: t => d.Rate / (d.Rate + t)),
        Gamma d =>
            new(0, Infinity, d.Mean, d.Variance, d.Concentration.Digamma() - d.Rate.Log(),
                Laplace: t => (-d.Concentration * (t / d.Rate).Log1p()).Exp()),
        Beta d => OfBeta(d),
        ContinuousBernoulli d => new(0, 1, d.Mean, d.Variance),
        Uniform d => OfUniform(d),
        Pareto d => new(d.Scale, Infinity, d.Mean, d.Variance, d.Scale.Log() + (1 / d.Alpha)),
        HalfNormal d => new(0, Infinity, d.Mean, d.Variance),
        _ => null,
    };

    private static Expectations OfBeta(Beta d)
    {
        Tensor total = (d.Concentration1 + d.Concentration0).Digamma();
        return new(0, 1, d.Mean, d.Variance, d.Concentration1.Digamma() - total, d.Concentration0.Digamma() - total);
    }

    private static Expectations OfUniform(Uniform d)
    {
        Tensor width = d.High - d.Low;
        Tensor log = ((d.High.XLogY(d.High) - d.Low.XLogY(d.Low)) / width) - 1;
        Tensor logComplement = (((1 - d.Low).XLogY(1 - d.Low) - (1 - d.High).XLogY(1 - d.High)) / width) - 1;
        return new(d.Low, d.High, d.Mean, d.Variance, log, logComplement, t => (-t * d.Low).Exp() * -(-t * width).Expm1() / (t * width));
    }
}
