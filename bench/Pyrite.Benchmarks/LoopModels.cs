using static Pyrite.Primitives;

namespace Pyrite.Benchmarks;

/// <summary>Models with a loop over time, as a user writes them: a scalar or a small tensor per step, stacked at the end.</summary>
internal static class LoopModels
{
    /// <summary>Rounds of the series.</summary>
    public const int Length = 200;

    /// <summary>Rounds of the hidden Markov model.</summary>
    public const int HiddenLength = 400;

    private const int States = 2;

    /// <summary>An autoregressive moving average of orders one and one (Stan user's guide, time series).</summary>
    /// <param name="length">Rounds.</param>
    public static Action Arma(int length = Length)
    {
        double[] series = Series(length);
        return () =>
        {
            Tensor level = Sample("level", new Normal(0, 10)), phi = Sample("phi", new Normal(0, 2));
            Tensor theta = Sample("theta", new Normal(0, 2)), scale = Sample("scale", new HalfCauchy(2.5));
            Tensor mean = level + (phi * level);
            List<Tensor> means = [];
            foreach (double y in series)
            {
                means.Add(mean);
                mean = level + (phi * y) + (theta * (y - mean));
            }
            using PlateScope rows = Plate("rows", length);
            Sample("y", new Normal(Tensor.Stack([.. means]), scale), observed: Tensor.From(series));
        };
    }

    /// <summary>The same as a scan.</summary>
    /// <param name="length">Rounds.</param>
    public static Action ArmaScan(int length = Length)
    {
        double[] series = Series(length);
        return () =>
        {
            Tensor level = Sample("level", new Normal(0, 10)), phi = Sample("phi", new Normal(0, 2));
            Tensor theta = Sample("theta", new Normal(0, 2)), scale = Sample("scale", new HalfCauchy(2.5)), data = Tensor.From(series);
            (_, Tensor means) = Scan.Run(level + (phi * level), data, (mean, y) => (level + (phi * y) + (theta * (y - mean)), mean));
            using PlateScope rows = Plate("rows", length);
            Sample("y", new Normal(means, scale), observed: data);
        };
    }

    /// <summary>Volatility by recursion, GARCH(1, 1) (Stan user's guide, time series).</summary>
    /// <param name="isStationary">Whether the last coefficient has the bound that keeps the variance finite, which depends on the one before; else
    /// it is 1.</param>
    /// <param name="length">Rounds.</param>
    public static Action Garch(bool isStationary, int length = Length)
    {
        double[] series = Series(length);
        return () =>
        {
            Tensor least = Sample("least", new HalfNormal(1)), alpha = Sample("alpha", new Uniform(0, 1));
            Tensor beta = Sample("beta", isStationary ? new Uniform(0, 1 - alpha) : new Uniform(0, 1)), variance = 1.0;
            List<Tensor> scales = [];
            double last = 0;
            foreach (double y in series)
            {
                variance = least + (alpha * last * last) + (beta * variance);
                scales.Add(variance.Sqrt());
                last = y;
            }
            using PlateScope rows = Plate("rows", length);
            Sample("y", new Normal(0.0, Tensor.Stack([.. scales])), observed: Tensor.From(series));
        };
    }

    /// <summary>The same as a scan, with the bound.</summary>
    /// <param name="length">Rounds.</param>
    public static Action GarchScan(int length = Length)
    {
        double[] series = Series(length);
        return () =>
        {
            Tensor least = Sample("least", new HalfNormal(1)), alpha = Sample("alpha", new Uniform(0, 1));
            Tensor beta = Sample("beta", new Uniform(0, 1 - alpha)), last = Tensor.From<double>([0, .. series[..^1]]);
            (_, Tensor variances) = Scan.Run(Tensor.Ones(Shape.Scalar, DType.Float64), last, (variance, y) =>
            {
                Tensor next = least + (alpha * y.Square()) + (beta * variance);
                return (next, next);
            });
            using PlateScope rows = Plate("rows", length);
            Sample("y", new Normal(0.0, variances.Sqrt()), observed: Tensor.From(series));
        };
    }

    /// <summary>A hidden Markov model of two states by the forward algorithm.</summary>
    /// <param name="isScan">Whether as a scan; else as a loop.</param>
    /// <param name="length">Rounds.</param>
    public static Action HiddenMarkov(bool isScan = false, int length = HiddenLength)
    {
        double[] u = new double[length], y = Series(length);
        RandomKey.FromSeed(12).FillUniform(u);
        for ((int t, int state) = (0, 0); t < length; t++)
        {
            state = u[t] < 0.1 ? 1 - state : state;
            y[t] = (0.7 * y[t]) + (2 * state);
        }
        Tensor data = Tensor.From(y).Reshape(-1, 1), start = Tensor.Full([States], -Math.Log(States), DType.Float64);
        return () =>
        {
            Tensor low = Sample("low", new Normal(0, 5)), gap = Sample("gap", new HalfNormal(5));
            Tensor noise = Sample("noise", new HalfNormal(2)), transition;
            using (Plate("states", States))
            {
                transition = Sample("transition", new Dirichlet(Tensor.Ones(States))).Log();
            }
            Tensor emissions = new Normal(Tensor.Stack([low, low + gap]), noise).LogProb(data), forward = start + emissions[0];
            if (isScan)
            {
                forward = Scan.Fold(forward, emissions[1..], (f, e) => (f.Reshape(-1, 1) + transition).LogSumExp(0) + e);
            }
            for (int t = isScan ? length : 1; t < length; t++)
            {
                forward = (forward.Reshape(-1, 1) + transition).LogSumExp(0) + emissions[t];
            }
            Factor("observations", forward.LogSumExp(0));
        };
    }

    /// <summary>A moving average with coefficient 0.5, from fixed noise.</summary>
    private static double[] Series(int length)
    {
        double[] noise = new double[length + 1];
        RandomKey.FromSeed(11).FillNormal(noise);
        return [.. Enumerable.Range(0, length).Select(t => noise[t + 1] + (0.5 * noise[t]))];
    }
}
