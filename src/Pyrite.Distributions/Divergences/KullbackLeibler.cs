namespace Pyrite;

/// <summary>Kullback-Leibler divergences in closed form.</summary>
public static class KullbackLeibler
{
    /// <summary>KL(q || p) = E_q[log q(x) - log p(x)] in nats, of the broadcast batch shape.</summary>
    /// <exception cref="NotSupportedException">No closed form is known for the pair.</exception>
    public static Tensor Divergence(Distribution q, Distribution p) => TryDivergence(q, p)
        ?? throw new NotSupportedException($"KL({q.Name} || {p.Name}) has no closed form here. Estimate it: draw x = q.Sample(key, [n]) and average q.LogProb(x) - p.LogProb(x) over the first axis.");

    /// <summary>As <see cref="Divergence"/>, or null where no closed form is known.</summary>
    public static Tensor? TryDivergence(Distribution q, Distribution p) => (q, p) switch
    {
        (Normal a, Normal b) => NormalPair(a, b),
        _ => null,
    };

    private static Tensor NormalPair(Normal q, Normal p)
    {
        Tensor ratio = q.Scale / p.Scale;
        Tensor shift = (q.Loc - p.Loc) / p.Scale;
        return (0.5 * (ratio.Square() + shift.Square() - 1)) - ratio.Log();
    }
}
