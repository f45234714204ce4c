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
        (DerivedDistribution a, _) => KullbackLeibler.TryDivergence(a.Underlying, p),
        (_, DerivedDistribution b) => KullbackLeibler.TryDivergence(q, b.Underlying),
        (Masked a, Masked b) when AreSame(a.Selection, b.Selection) => AnomalyMode.IsOn ? AnomalyMode.Counted(() => OfMasked(a, b)) : OfMasked(a, b),
        (Independent a, Independent b) => BothIndependent(a, b),
        (TransformedDistribution a, TransformedDistribution b) when AreSame(a.Transform, b.Transform) =>
            KullbackLeibler.TryDivergence(a.Base, b.Base),
        _ => null,
    };

    /// <summary>Whether two transforms are certainly the same map: one object, or two of a kind that has no parameters.</summary>
    private static bool AreSame(Transform a, Transform b) =>
        ReferenceEquals(a, b) || (a.GetType() == b.GetType() && a is ExpTransform or SigmoidTransform or TanhTransform or SoftplusTransform
        or StickBreakingTransform or OrderedTransform or PositiveOrderedTransform or LowerCholeskyTransform or SoftplusLowerCholeskyTransform
        or CorrelationCholeskyTransform
        or CholeskyToCorrelationTransform or CholeskyToCovarianceTransform or ZeroSumTransform or StereographicTransform or IdentityTransform);

    /// <summary>Whether two masks are certainly the same: one object, or two of the same flags that are no results of a step, whose program reading
    /// would cut.</summary>
    private static bool AreSame(Tensor a, Tensor b) => ReferenceEquals(a, b)
        || (a.Shape == b.Shape && !a.IsOfStep && !b.IsOfStep && a.ToArray<bool>().SequenceEqual(b.ToArray<bool>()));

    private static Tensor? OfMasked(Masked q, Masked p) =>
        KullbackLeibler.TryDivergence(q.Base, p.Base) is { } inner ? Tensor.Masked(q.Selection, inner) : null;

    private static Tensor? BothIndependent(Independent q, Independent p)
    {
        int shared = Math.Min(q.Axes, p.Axes);
        Distribution a = q.Axes == shared ? q.Base : new Independent(q.Base, q.Axes - shared);
        Distribution b = p.Axes == shared ? p.Base : new Independent(p.Base, p.Axes - shared);
        return KullbackLeibler.TryDivergence(a, b)?.SumOverLast(shared);
    }
}
