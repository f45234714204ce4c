using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Hares and lynxes: a differential equation inside of the model, solved by Runge and Kutta's method of fourth order in plain C#.</summary>
internal static class LotkaVolterra
{
    private const int StepsOfYear = 16;

    /// <summary>The model of a first count, [2], and of yearly counts, [years, 2].</summary>
    public static Action Model(Tensor first, Tensor counts) => () =>
    {
        Tensor theta = Sample("theta", new TruncatedNormal(Tensor.From([1, 0.05, 1, 0.05]), Tensor.From([0.5, 0.05, 0.5, 0.05]), low: 0).ToEvent(1));
        Tensor start = Sample("z_init", new LogNormal(Math.Log(10) * Tensor.Ones(2), 1).ToEvent(1));
        Tensor sigma = Sample("sigma", new LogNormal(-Tensor.Ones(2), 1).ToEvent(1));
        (Tensor birth, Tensor hunt, Tensor death, Tensor feed, Tensor hares, Tensor lynxes) =
            (theta[0], theta[1], theta[2], theta[3], start[0], start[1]);
        List<Tensor> years = [];
        for (int year = 0; year < counts.Shape[0]; year++)
        {
            for (int step = 0; step < StepsOfYear; step++)
            {
                (hares, lynxes) = Advance(birth, hunt, death, feed, hares, lynxes, 1.0 / StepsOfYear);
            }
            years.Add(Tensor.Stack([hares, lynxes]));
        }
        Sample("y_init", new LogNormal(start.Log(), sigma).ToEvent(1), observed: first);
        using (Plate("years", counts.Shape[0]))
        {
            Sample("y", new LogNormal(Tensor.Stack([.. years]).Log(), sigma).ToEvent(1), observed: counts);
        }
    };

    /// <summary>Where chains begin: a mode 40 nats lower would catch starts from the priors.</summary>
    public static InitialValues Start { get; } = InitialValues.Near(new Dictionary<string, Tensor>
    {
        ["theta"] = Tensor.From([0.5, 0.025, 0.8, 0.025]),
        ["z_init"] = Tensor.From([30.0, 4]),
        ["sigma"] = Tensor.From([0.5, 0.5]),
    }, jitter: 0.02);

    private static (Tensor Hares, Tensor Lynxes) Advance(Tensor birth, Tensor hunt, Tensor death, Tensor feed, Tensor u, Tensor v, double step)
    {
        (Tensor Du, Tensor Dv) Slope(Tensor hares, Tensor lynxes) => ((birth - (hunt * lynxes)) * hares, ((feed * hares) - death) * lynxes);
        (Tensor u1, Tensor v1) = Slope(u, v);
        (Tensor u2, Tensor v2) = Slope(u + (0.5 * step * u1), v + (0.5 * step * v1));
        (Tensor u3, Tensor v3) = Slope(u + (0.5 * step * u2), v + (0.5 * step * v2));
        (Tensor u4, Tensor v4) = Slope(u + (step * u3), v + (step * v3));
        return (u + (step / 6 * (u1 + (2 * (u2 + u3)) + u4)), v + (step / 6 * (v1 + (2 * (v2 + v3)) + v4)));
    }
}
