namespace Pyrite;

/// <summary>Kullback-Leibler divergences in closed form.</summary>
/// <remarks>A family of your own brings its pairs along by overriding <see cref="Distribution.DivergenceTo"/> and
/// <see cref="Distribution.DivergenceFrom"/>.</remarks>
public static class KullbackLeibler
{
    /// <summary>KL(q || p) = E_q[log q(x) - log p(x)] in nats, of the broadcast batch shape; infinite where q can give what p cannot.</summary>
    /// <exception cref="NotSupportedException">No closed form is known for the pair.</exception>
    public static Tensor Divergence(Distribution q, Distribution p) => TryDivergence(q, p)
        ?? throw new NotSupportedException(
            $"KL({q.Name} || {p.Name}) has no closed form here. Estimate it: draw x = q.Sample(key, [n]) and average q.LogProb(x) - p.LogProb(x) "
                + "over the first axis.");

    /// <summary>As <see cref="Divergence"/>, or null where no closed form is known.</summary>
    public static Tensor? TryDivergence(Distribution q, Distribution p)
    {
        if (q.EventShape != p.EventShape)
        {
            throw new ArgumentException(
                $"KL({q.Name} || {p.Name}): event shapes must agree; found {q.EventShape} and {p.EventShape}. Use ToEvent on one of them.");
        }
        Tensor? divergence = Divergences.CombinatorPairs.Find(q, p)
            ?? q.DivergenceTo(p)
            ?? p.DivergenceFrom(q)
            ?? Divergences.SameFamilyPairs.Find(q, p)
            ?? Divergences.CountPairs.Find(q, p)
            ?? Divergences.GaussianVectorPairs.Find(q, p)
            ?? Divergences.MatrixPairs.Find(q, p)
            ?? Divergences.CrossFamilyPairs.Find(q, p);
        return divergence?.BroadcastTo(Shape.Broadcast(q.BatchShape, p.BatchShape));
    }
}
