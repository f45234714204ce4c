using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Models with loops over time, and the same densities written by hand.</summary>
internal static class SeriesModels
{
    /// <summary>Returns of some days.</summary>
    public static Tensor Returns(int days) =>
        Tensor.From([.. Enumerable.Range(0, days).Select(t => (0.8 * Math.Sin(1.7 * t)) + (0.3 * Math.Cos(t * t)))]);

    /// <summary>Stochastic volatility: the logarithm of the variance is an autoregression, and is never seen.</summary>
    public static Tensor Volatility(Tensor returns)
    {
        Tensor phi = Sample("phi", new Uniform(-1, 1)), sigma = Sample("sigma", new HalfNormal(1));
        return Scan.Over("days", Tensor.Zeros([], returns.DType), returns, (h, today) =>
        {
            Tensor next = Sample("h", new Normal(phi * h, sigma));
            Deterministic("deviation", (next / 2).Exp());
            Sample("y", new Normal(0, (next / 2).Exp()), observed: today);
            return (next, next);
        }).Outputs;
    }

    /// <summary>The log-density of <see cref="Volatility"/>, round by round.</summary>
    public static Tensor VolatilityByHand(Tensor returns, Tensor phi, Tensor sigma, Tensor h)
    {
        Tensor total = new Uniform(-1, 1).LogProb(phi) + new HalfNormal(1).LogProb(sigma), last = Tensor.Zeros([], DType.Float64);
        for (int t = 0; t < returns.Shape[0]; t++)
        {
            Tensor now = h.Select(0, t);
            total = total + new Normal(phi * last, sigma).LogProb(now) + new Normal(0, (now / 2).Exp()).LogProb(returns.Select(0, t));
            last = now;
        }
        return total;
    }

    /// <summary>A level that moves by random steps, seen with noise.</summary>
    public static void Level(Tensor y, double step, double noise) => Scan.Over("days", Tensor.Zeros(y.Shape[1..], DType.Float64), y, (level, today) =>
    {
        Tensor next = Sample("level", new Normal(level, step));
        Sample("y", new Normal(next, noise), observed: today);
        return (next, next);
    });

    /// <summary>Mean and standard deviation of the levels of <see cref="Level"/> given all data, by Kalman's filter and the smoother of Rauch, Tung
    /// and Striebel; a day without data is null.</summary>
    public static (double[] Mean, double[] Deviation) Smoothed(double?[] y, double step, double noise)
    {
        int days = y.Length;
        double[] mean = new double[days], variance = new double[days], before = new double[days];
        double m = 0, v = 0;
        for (int t = 0; t < days; t++)
        {
            v += step * step;
            before[t] = v;
            if (y[t] is { } seen)
            {
                double gain = v / (v + (noise * noise));
                m += gain * (seen - m);
                v *= 1 - gain;
            }
            (mean[t], variance[t]) = (m, v);
        }
        for (int t = days - 2; t >= 0; t--)
        {
            double gain = variance[t] / before[t + 1];
            mean[t] += gain * (mean[t + 1] - mean[t]);
            variance[t] += gain * gain * (variance[t + 1] - before[t + 1]);
        }
        return (mean, Array.ConvertAll(variance, Math.Sqrt));
    }
}
