using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Hares and lynxes: a differential equation inside of the model.</summary>
internal static class LotkaVolterra
{
    /// <summary>The model of a first count, [2], and of yearly counts, [years, 2].</summary>
    public static Action Model(Tensor first, Tensor counts)
    {
        Tensor years = Tensor.From([.. Enumerable.Range(1, counts.Shape[0]).Select(year => (double)year)]);
        return () =>
        {
            Tensor theta = Sample("theta",
                new TruncatedNormal(Tensor.From([1, 0.05, 1, 0.05]), Tensor.From([0.5, 0.05, 0.5, 0.05]), low: 0).ToEvent(1));
            Tensor start = Sample("z_init", new LogNormal(Math.Log(10) * Tensor.Ones(2), 1).ToEvent(1));
            Tensor sigma = Sample("sigma", new LogNormal(-Tensor.Ones(2), 1).ToEvent(1));
            Tensor states = Ode.Solve(
                (t, z) => Tensor.Stack([(theta[0] - (theta[1] * z[1])) * z[0], ((theta[3] * z[0]) - theta[2]) * z[1]]), start, 0, years).Values;
            Sample("y_init", new LogNormal(start.Log(), sigma).ToEvent(1), observed: first);
            using (Plate("years", counts.Shape[0]))
            {
                Sample("y", new LogNormal(states.Log(), sigma).ToEvent(1), observed: counts);
            }
        };
    }

    /// <summary>Where chains begin: a mode 40 nats lower would catch starts from the priors.</summary>
    public static InitialValues Start { get; } = InitialValues.Near(new Dictionary<string, Tensor>
    {
        ["theta"] = Tensor.From([0.5, 0.025, 0.8, 0.025]),
        ["z_init"] = Tensor.From([30.0, 4]),
        ["sigma"] = Tensor.From([0.5, 0.5]),
    }, jitter: 0.02);
}
