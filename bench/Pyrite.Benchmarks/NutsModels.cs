using static Pyrite.Primitives;

namespace Pyrite.Benchmarks;

/// <summary>The models whose gradients are timed, as a user writes them.</summary>
internal static class NutsModels
{
    /// <summary>The points of the Gaussian process.</summary>
    public const int Points = 200;

    private const int Rows = 919;
    private const int Groups = 85;
    private const int Cases = 10_000;
    private const int Features = 50;

    /// <summary>A Gaussian process with a squared exponential kernel and noise.</summary>
    public static Action GaussianProcess()
    {
        RandomKey key = RandomKey.FromSeed(3);
        double[] x = new double[Points], noise = new double[Points], y = new double[Points];
        key.Child("x").FillUniform(x);
        key.Child("noise").FillNormal(noise);
        for (int i = 0; i < Points; i++)
        {
            x[i] *= 10;
            y[i] = Math.Sin(x[i]) + (0.3 * noise[i]);
        }
        Tensor inputs = Tensor.From(x), outputs = Tensor.From(y);
        Tensor squares = (inputs.Unsqueeze(-1) - inputs).Square(), identity = Tensor.Identity(Points, DType.Float64);
        return () =>
        {
            Tensor length = Sample("length", new InverseGamma(5, 5)), scale = Sample("scale", new HalfNormal(2));
            Tensor sigma = Sample("sigma", new HalfNormal(1));
            Tensor covariance = (scale.Square() * (-0.5 * squares / length.Square()).Exp()) + (sigma.Square() * identity);
            Sample("y", new MultivariateNormal(Tensor.Zeros(Points), covarianceMatrix: covariance), observed: outputs);
        };
    }

    /// <summary>Eight schools, non-centred.</summary>
    public static Action EightSchools()
    {
        Tensor y = Tensor.From([28.0, 8, -3, 7, -1, 1, 18, 12]), sigma = Tensor.From([15.0, 10, 16, 11, 9, 11, 10, 18]);
        return () =>
        {
            Tensor mu = Sample("mu", new Normal(0, 5));
            Tensor tau = Sample("tau", new HalfCauchy(5));
            using (Plate("schools", 8))
            {
                Tensor theta = Deterministic("theta", mu + (tau * Sample("z", new Normal(0, 1))));
                Sample("y", new Normal(theta, sigma), observed: y);
            }
        };
    }

    /// <summary>A hierarchical regression with 85 groups, non-centred.</summary>
    public static Action Hierarchical()
    {
        RandomKey key = RandomKey.FromSeed(1);
        long[] group = new long[Rows];
        key.Child("groups").FillIntegers(group, Groups);
        double[] x = new double[Rows], noise = new double[Rows], effect = new double[Groups], y = new double[Rows];
        key.Child("x").FillUniform(x);
        key.Child("noise").FillNormal(noise);
        key.Child("effects").FillNormal(effect);
        for (int i = 0; i < Rows; i++)
        {
            x[i] = Math.Round(x[i]);
            y[i] = 1.5 + (0.3 * effect[group[i]]) - (0.7 * x[i]) + (0.75 * noise[i]);
        }
        Tensor floor = Tensor.From(x), county = Tensor.From(group), observed = Tensor.From(y);
        return () =>
        {
            Tensor mu = Sample("mu", new Normal(0, 10));
            Tensor tau = Sample("tau", new HalfCauchy(2.5));
            Tensor b = Sample("b", new Normal(0, 10));
            Tensor s = Sample("s", new HalfCauchy(2.5));
            Tensor z;
            using (Plate("groups", Groups))
            {
                z = Sample("z", new Normal(0, 1));
            }
            using (Plate("rows", Rows))
            {
                Sample("y", new Normal(mu + (tau * z[county]) + (b * floor), s), observed: observed);
            }
        };
    }

    /// <summary>A logistic regression, 10,000 x 50.</summary>
    public static Action Logistic()
    {
        RandomKey key = RandomKey.FromSeed(2);
        double[] x = new double[Cases * Features], u = new double[Cases], beta = new double[Features], y = new double[Cases];
        key.Child("x").FillNormal(x);
        key.Child("u").FillUniform(u);
        key.Child("beta").FillNormal(beta);
        for (int i = 0; i < Cases; i++)
        {
            double logit = 0;
            for (int j = 0; j < Features; j++)
            {
                logit += 0.3 * beta[j] * x[(i * Features) + j];
            }
            y[i] = u[i] < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
        }
        Tensor inputs = Tensor.From<double>(x, [Cases, Features]), outcomes = Tensor.From(y);
        return () =>
        {
            Tensor weights = Sample("beta", new Normal(Tensor.Zeros(Features), 1).ToEvent(1));
            using (Plate("cases", Cases))
            {
                Sample("y", new Bernoulli(logits: inputs.MatMul(weights)), observed: outcomes);
            }
        };
    }
}
