using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Sequential Monte Carlo against exact evidences and moments.</summary>
/// <remarks>The tolerances of the cases are many standard errors at these numbers of particles; seeds are fixed.</remarks>
[Trait("Once", "Cultures")]
public sealed class ModelsSmcGoldenTests
{
    public static TheoryData<string> Evidences => [.. GoldenCase.Names("smc.json", "evidence")];

    public static TheoryData<string> Filters => [.. GoldenCase.Names("smc.json", "particle-filter")];

    public static TheoryData<string> Weights => [.. GoldenCase.Names("smc.json", "resampling")];

    public static TheoryData<string> Temperatures => [.. GoldenCase.Names("smc.json", "next-temperature")];

    [Theory, MemberData(nameof(Evidences))]
    public void Evidence_and_moments_are_those_of_the_model(string name)
    {
        JsonElement c = GoldenCase.Find("smc.json", name).Json, expected = c.GetProperty("expected");
        double tolerance = c.GetProperty("statistical_tolerance").GetDouble();
        SmcResult found = Smc.Run(ModelGolden.Model(c), new Smc { Particles = 500 }, seed: 1);

        Assert.Equal(expected.GetProperty("log_evidence").GetDouble(), found.LogEvidence, tolerance);
        Assert.InRange(found.LogEvidenceStandardError, 0, tolerance);
        Assert.Empty(found.Advice);
        string site = c.GetProperty("model").GetString() == "two-modes" ? "x" : "w";
        if (expected.Optional("posterior_mean") is { } mean)
        {
            double[] wanted = GoldenCase.Tensor(mean).ToArray<double>(), own = found[site].Mean(0).Mean(0).ToArray<double>();
            double[] deviations = [.. Deviations(expected, wanted.Length)];
            Assert.All(wanted.Select((value, i) => (value, i)), pair =>
                Assert.InRange((own[pair.i] - pair.value) / deviations[pair.i], -0.15, 0.15));
        }
        if (expected.Optional("mean_mu") is { } mu)
        {
            Assert.Equal(mu.GetDouble(), found["mu"].Mean().Item(), 0.4);
            Assert.Equal(expected.GetProperty("mean_tau").GetDouble(), found["tau"].Mean().Item(), 0.5);
        }
        if (expected.Optional("weight_of_first_mode") is { } weight)
        {
            double first = GoldenCase.Tensor(c.GetProperty("m1")).ToArray<double>()[0];
            double second = GoldenCase.Tensor(c.GetProperty("m2")).ToArray<double>()[0];
            double[] x = found["x"].Reshape(2_000, -1).Select(1, 0).ToArray<double>();
            Assert.Equal(weight.GetDouble(), x.Count(value => Math.Abs(value - first) < Math.Abs(value - second)) / 2_000.0, 0.1);
        }
    }

    [Theory, MemberData(nameof(Filters))]
    public void States_and_likelihood_of_a_series_are_those_of_quadrature(string name)
    {
        JsonElement c = GoldenCase.Find("smc.json", name).Json, expected = c.GetProperty("expected"), numbers = c.GetProperty("parameters");
        double tolerance = c.GetProperty("statistical_tolerance").GetDouble();
        Tensor y = GoldenCase.Tensor(c.GetProperty("y"));
        ParticleFilterResult found = name switch
        {
            "stochastic-volatility" =>
                Volatility(numbers.GetProperty("phi").Number(), numbers.GetProperty("sigma").Number(), numbers.GetProperty("mu").Number()),
            "poisson-random-walk" => Walk(numbers.GetProperty("q").Number()),
            _ => throw new NotSupportedException(name),
        };
        Assert.Equal(expected.GetProperty("log_likelihood").GetDouble(), found.LogLikelihood, tolerance);
        GoldenCase.Check(found.LogLikelihoodTerms, expected.GetProperty("log_likelihood_terms"), 0, tolerance / 2, "terms");
        GoldenCase.Check(found.FilteredMean, expected.GetProperty("filtered_mean"), 0, tolerance / 2, "means");
        GoldenCase.Check(found.FilteredVariance, expected.GetProperty("filtered_variance"), 0, tolerance / 2, "variances");

        ParticleFilterResult Volatility(double phi, double sigma, double mu) => ParticleFilter.Run(
            new Normal(mu, sigma / Math.Sqrt(1 - (phi * phi))), (_, h) => new Normal(mu + (phi * (h - mu)), sigma),
            (_, h) => new Normal(0, (h / 2).Exp()), y, particles: 4_000, seed: 1);

        ParticleFilterResult Walk(double q) => ParticleFilter.Run(
            new Normal(1, 1), (_, x) => new Normal(x, q), (_, x) => new Poisson(x.Exp()), y, particles: 4_000, seed: 1);
    }

    [Theory, MemberData(nameof(Weights))]
    public void Weights_choose_as_the_schemes_say(string name)
    {
        JsonElement c = GoldenCase.Find("smc.json", name).Json, expected = c.GetProperty("expected");
        double[] logs = GoldenCase.Tensor(c.GetProperty("log_weights")).ToArray<double>();
        Close.Assert(
            ParticleResampling.Normalize(logs), GoldenCase.Tensor(expected.GetProperty("normalized")).ToArray<double>(), 1e-12, 1e-15, "weights");
        Assert.Equal(expected.GetProperty("ess").GetDouble(), ParticleResampling.EffectiveSize(logs), 1e-10);
        Assert.Equal(expected.GetProperty("log_mean").GetDouble(), ParticleResampling.LogMean(logs), 1e-9);
        Assert.Equal(Whole("systematic"), ParticleResampling.Systematic(logs, c.GetProperty("u").GetDouble()));
        Assert.Equal(Whole("stratified"), ParticleResampling.Stratified(logs, GoldenCase.Tensor(c.GetProperty("u_each")).ToArray<double>()));
        Assert.Equal(Whole("residual_copies"), ParticleResampling.ResidualCopies(logs));

        int[] Whole(string field) => [.. GoldenCase.Tensor(expected.GetProperty(field)).ToArray<double>().Select(value => (int)value)];
    }

    [Theory, MemberData(nameof(Temperatures))]
    public void The_next_temperature_has_the_effective_size_that_is_asked_for(string name)
    {
        JsonElement c = GoldenCase.Find("smc.json", name).Json, expected = c.GetProperty("expected");
        Tempering next = Tempering.Next(GoldenCase.Tensor(c.GetProperty("log_likelihoods")).ToArray<double>(), c.GetProperty("current").Number(),
            c.GetProperty("fraction").Number());
        Close.Assert([next.Temperature, next.EffectiveSize, next.LogEvidence],
            [expected.GetProperty("next").GetDouble(), expected.GetProperty("ess").GetDouble(),
                expected.GetProperty("log_evidence_increment").GetDouble()],
            c.GetProperty("rtol").GetDouble(), 0, name);
    }

    private static IEnumerable<double> Deviations(JsonElement expected, int size)
    {
        if (expected.Optional("posterior_variance") is { } variance)
        {
            return GoldenCase.Tensor(variance).ToArray<double>().Select(Math.Sqrt);
        }
        Tensor covariance = GoldenCase.Tensor(expected.GetProperty("posterior_cov"));
        return Enumerable.Range(0, size).Select(i => Math.Sqrt(covariance[i, i].Item()));
    }
}
