using Pyrite.Transforms;

namespace Pyrite.Divergences;

/// <summary>Divergences that reduce to those of the distributions inside.</summary>
internal static class CombinatorPairs
{
    public static Tensor? Find(Distribution q, Distribution p) => (q, p) switch
    {
        (Delta point, _) => point.LogDensityAtPoint - p.LogProb(point.Point),
        (Expanded a, _) => KullbackLeibler.TryDivergence(a.Base, p),
        (_, Expanded b) => KullbackLeibler.TryDivergence(q, b.Base),
        (DerivedDistribution a, DerivedDistribution b) when a.GetType() == b.GetType() && a is Chi2 => KullbackLeibler.TryDivergence(new Gamma(0.5 * ((Chi2)a).Df, 0.5, false), new Gamma(0.5 * ((Chi2)b).Df, 0.5, false)),
        (Independent a, Independent b) => BothIndependent(a, b),
        (TransformedDistribution a, TransformedDistribution b) when ReferenceEquals(a.Transform, b.Transform) => KullbackLeibler.TryDivergence(a.Base, b.Base),
        _ => null,
    };

    private static Tensor? BothIndependent(Independent q, Independent p)
    {
        int shared = Math.Min(q.Axes, p.Axes);
        Distribution a = q.Axes == shared ? q.Base : new Independent(q.Base, q.Axes - shared);
        Distribution b = p.Axes == shared ? p.Base : new Independent(p.Base, p.Axes - shared);
        return KullbackLeibler.TryDivergence(a, b)?.SumOverLast(shared);
    }
}
