using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>How many animals there are, some of them never seen: whether each of a list exists is a coin that is summed out by hand.</summary>
internal static class CaptureRecapture
{
    /// <summary>The model of a list of individuals by occasions of zeros and ones.</summary>
    public static Action Model(Tensor seen) => () =>
    {
        Tensor omega = Sample("omega", new Uniform(0, 1)), p = Sample("p", new Uniform(0, 1));
        Tensor times = seen.Sum(-1), occasions = seen.Shape[1] * Tensor.Ones(times.Shape, DType.Float64);
        Tensor exists = omega.Log() + (times * p.Log()) + ((occasions - times) * (-p).Log1p());
        using (Plate("individuals", seen.Shape[0]))
        {
            Factor("captures", Tensor.Where(times > 0, exists, exists.LogAddExp((-omega).Log1p())));
        }
    };

    /// <summary>Draws with the number of individuals beside them: those ever seen, and of the others each with its posterior probability.</summary>
    public static Draws WithNumber(Draws posterior, Tensor seen, ulong seed)
    {
        int ever = seen.Sum(-1).ToArray<double>().Count(times => times > 0), never = seen.Shape[0] - ever;
        Draws numbers = Predictive.Draw(_ =>
        {
            Tensor omega = Sample("omega", new Uniform(0, 1)), p = Sample("p", new Uniform(0, 1));
            Tensor missed = omega * (1 - p).Pow(seen.Shape[1]);
            Deterministic("N", ever + Sample("unseen", new Binomial(never, missed / (missed + 1 - omega))));
        }, 0, posterior, seed);
        string[] names = ["omega", "p", "N"];
        return new Draws(posterior.Chains, posterior.DrawsPerChain,
            names.Select(name => new DrawsVariable(name, Shape.Scalar, numbers.Scalar(name))));
    }
}
