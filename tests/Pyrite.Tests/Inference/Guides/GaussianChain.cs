using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>x1 ~ N(0, 1), x2 ~ N(x1, 1), x3 ~ N(x2, 1) and 1 observed from N(x3, 1): posterior precision tridiagonal, everything known.</summary>
internal static class GaussianChain
{
    /// <summary>½ log(8π) + 1/8: the data alone are N(0, 4).</summary>
    public const double MinusLogEvidence = 1.7370857;

    /// <summary>½ (Σ log Λii - log det Λ) with diagonal (2, 2, 2) and determinant 4.</summary>
    public const double MeanFieldGap = 0.3465736;

    public static readonly double[] Means = [0.25, 0.5, 0.75];

    public static readonly double[,] Covariance = { { 0.75, 0.5, 0.25 }, { 0.5, 1, 0.5 }, { 0.25, 0.5, 0.75 } };

    public static void Model(Tensor data)
    {
        Tensor x = 0;
        foreach (int i in SequentialPlate("chain", 1))
        {
            x = Sample("x1", new Normal(0, 1));
            x = Sample("x2", new Normal(x, 1));
            x = Sample("x3", new Normal(x, 1));
        }
        Sample("y", new Normal(x, 1), observed: data);
    }

    /// <summary>Fits with a learning rate that goes down to a hundredth.</summary>
    public static Svi<T> Fit<T>(Action<T> model, AutoGuide<T> guide, T data, int steps, double rate = 0.05, int particles = 8)
    {
        Svi<T> svi = new(model, guide, new Adam(learningRate: rate), new TraceElbo(particles), seed: 1);
        for (int step = 0; step < steps; step++)
        {
            svi.Optimizer.LearningRate = rate * Math.Pow(0.01, (double)step / steps);
            svi.Step(data);
        }
        return svi;
    }

    public static double Spread(double[] values) => Math.Sqrt((values.Sum(x => x * x) / values.Length) - (values.Average() * values.Average()));

    public static double Loss<T>(Svi<T> svi, T data, int evaluations = 100) => Enumerable.Range(0, evaluations).Average(_ => svi.Evaluate(data));
}
