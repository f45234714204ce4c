namespace Pyrite.Divergences;

/// <summary>Divergences between families of real numbers: KL(q || p) = -H(q) - E_q[log p(x)], the latter from a few expectations under q.</summary>
internal static class CrossFamilyPairs
{
    public static Tensor? Find(Distribution q, Distribution p)
    {
        if (Expectations.Of(q) is not { } known || Contains(p, known) is not { } contained)
        {
            return null;
        }
        if (!contained.Any())
        {
            return double.PositiveInfinity;
        }
        return ExpectedScore(p, known) is { } score
            ? Tensor.Where(contained, -q.Entropy() - score, double.PositiveInfinity)
            : null;
    }

    /// <summary>Whether p gives positive density to all that q can give; null for families that are not known here.</summary>
    private static Tensor? Contains(Distribution p, Expectations q) => p switch
    {
        Normal or Gumbel or Laplace => q.Low.EqualTo(q.Low),
        Exponential or Gamma => q.Low >= 0,
        Beta or ContinuousBernoulli => (q.Low >= 0) & (q.High <= 1),
        Uniform u => (q.Low >= u.Low) & (q.High <= u.High),
        Pareto r => q.Low >= r.Scale,
        _ => null,
    };

    private static Tensor? ExpectedScore(Distribution p, Expectations q) => p switch
    {
        Normal d => (-0.5 * ((q.Variance + (q.Mean - d.Loc).Square()) / d.Scale.Square())) - d.Scale.Log() - (0.5 * Math.Log(2 * Math.PI)),
        Exponential d => d.Rate.Log() - (d.Rate * q.Mean),
        Gamma d =>
            q.Log is null
                ? null
                : (d.Concentration * d.Rate.Log()) - d.Concentration.LogGamma() + ((d.Concentration - 1) * q.Log) - (d.Rate * q.Mean),
        Beta d =>
            q.Log is null || q.LogComplement is null
                ? null
                : ((d.Concentration1 - 1) * q.Log) + ((d.Concentration0 - 1) * q.LogComplement) - d.Concentration1.LogBeta(d.Concentration0),
        ContinuousBernoulli d => ((q.Mean - 0.5) * d.Logits) + d.LogDensity(0.5),
        Uniform d => -(d.High - d.Low).Log(),
        Pareto d => q.Log is null ? null : d.Alpha.Log() + (d.Alpha * d.Scale.Log()) - ((d.Alpha + 1) * q.Log),
        Gumbel d => q.Laplace is null ? null : -((q.Mean - d.Loc) / d.Scale) - ((d.Loc / d.Scale).Exp() * q.Laplace(1 / d.Scale)) - d.Scale.Log(),
        _ => null,
    };
}
