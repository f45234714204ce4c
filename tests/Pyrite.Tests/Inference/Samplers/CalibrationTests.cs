using Pyrite.Testing;

using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Simulation-based calibration of NUTS: parameters from the prior, data from them, draws from the posterior; the parameters' ranks among
/// the draws are uniform.</summary>
/// <remarks>Talts and others, "Validating Bayesian inference algorithms with simulation-based calibration" (2018). Chi-square tests of ranks; a right
/// sampler fails a parameter in 1 of 10,000 runs with a fresh seed.</remarks>
[Trait("Once", "Cultures")]
public sealed class CalibrationTests
{
    private const double FalseAlarmRate = 1e-4;
    private const int Draws = 63;
    private const int Thinning = 6;

    public static TheoryData<string> Names => ["mean and scale", "logistic regression", "groups"];

    [Theory, MemberData(nameof(Names))]
    public void Ranks_of_prior_draws_are_uniform(string name) => Check(name, simulations: 40, cells: 8);

    [Theory, MemberData(nameof(Names)), Trait("Category", "Long")]
    public void Ranks_of_many_prior_draws_are_uniform(string name) => Check(name, simulations: 640, cells: 16);

    [Fact]
    public void A_wrong_scale_in_the_density_is_found()
    {
        // Data of twice the spread that the model knows of: the ranks of the mean crowd at both ends.
        Action<Tensor?> wrong = y => MeanAndScale(y is null ? null : 4 * y);
        Assert.Throws<CheckFailedException>(() => Check(wrong, ["mu"], simulations: 80, cells: 8));
    }

    private static void Check(string name, int simulations, int cells)
    {
        (Action<Tensor?> model, string[] parameters) = name switch
        {
            "mean and scale" => ((Action<Tensor?>)MeanAndScale, new[] { "mu", "sigma" }),
            "logistic regression" => (LogisticRegression, ["beta[0]", "beta[1]", "beta[2]"]),
            _ => (Groups, ["mu", "tau", "theta[0]", "theta[4]"]),
        };
        Check(model, parameters, simulations, cells);
    }

    private static void Check(Action<Tensor?> model, string[] parameters, int simulations, int cells)
    {
        Draws prior = Predictive.Draw(_ => model(null), 0, simulations, seed: 21);
        double[] data = prior["y"].ToArray<double>();
        int size = data.Length / simulations;
        Dictionary<string, long[]> ranks = parameters.ToDictionary(name => name, _ => new long[cells]);
        for (int i = 0; i < simulations; i++)
        {
            Tensor y = Tensor.From(data[(i * size)..((i + 1) * size)]);
            McmcResult posterior =
                Mcmc.Run(() => model(y), new Nuts(targetAcceptance: 0.9), chains: 1, warmup: 200, draws: Draws, seed: (ulong)i, thinning: Thinning);
            foreach (string name in parameters)
            {
                double truth = prior.Scalar(name)[i];
                int rank = posterior.Draws.Scalar(name).Count(draw => draw < truth);
                ranks[name][rank * cells / (Draws + 1)]++;
            }
        }
        double[] even = [.. Enumerable.Repeat(1.0 / cells, cells)];
        foreach ((string name, long[] counts) in ranks)
        {
            StatisticalAssert.ChiSquare(counts, even, FalseAlarmRate, $"ranks of {name}");
        }
    }

    private static void MeanAndScale(Tensor? y)
    {
        Tensor mu = Sample("mu", new Normal(0, 2)), sigma = Sample("sigma", new LogNormal(0, 0.7));
        using (Plate("rows", 8))
        {
            Sample("y", new Normal(mu, sigma), observed: y);
        }
    }

    private static void LogisticRegression(Tensor? y)
    {
        Tensor x = Tensor.LinearSpace(-2, 2, 20, DType.Float64), beta = Sample("beta", new Normal(Tensor.Zeros(3), 1).ToEvent(1));
        using (Plate("rows", 20))
        {
            Sample("y", new Bernoulli(logits: beta[0] + (beta[1] * x) + (beta[2] * x.Square())), observed: y);
        }
    }

    private static void Groups(Tensor? y)
    {
        Tensor mu = Sample("mu", new Normal(0, 1)), tau = Sample("tau", new HalfNormal(1)), theta;
        using (Plate("groups", 5))
        {
            theta = Deterministic("theta", mu + (tau * Sample("z", new Normal(0, 1))));
        }
        using (Plate("rows", 15))
        {
            Sample("y", new Normal(theta[Tensor.From([0L, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])], 1), observed: y);
        }
    }
}
