using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>One case of a family's golden file, checked quantity by quantity; all that is off is reported together.</summary>
internal sealed class GoldenCase
{
    private const double TinyAbsolute = 1e-300;
    private const double FarTail = 1e-30;
    private const double FarTailTolerance = 1e-8;

    private readonly string? family;
    private readonly JsonElement golden;
    private readonly double rtol;
    private readonly bool validate;
    private readonly Dictionary<string, Tensor> variables = [];
    private readonly Distribution distribution;
    private readonly List<string> failures = [];

    public GoldenCase(string? family, JsonElement golden)
    {
        this.family = family;
        this.golden = golden;
        rtol = golden.Tolerance();
        validate = !golden.Tags().Any(tag => tag is "outside" or "boundary" or "extreme");
        distribution = GoldenDistributions.Build(golden, family, validate, variables);
    }

    public void Shapes()
    {
        if (golden.Optional("batch_shape") is { } batch)
        {
            Assert.Equal(Shape.Create(batch.Integers()), distribution.BatchShape);
        }
        if (golden.Optional("event_shape") is { } size)
        {
            Assert.Equal(Shape.Create(size.Integers()), distribution.EventShape);
        }
    }

    public void Scores(JsonElement entry)
    {
        foreach (JsonProperty property in entry.EnumerateObject())
        {
            Assert.True(property.Name is "value" or "log_prob" or "cdf" or "survival" or "grad_log_prob",
                $"Golden field {property.Name} is not known to the tests.");
        }
        Tensor value = GoldenDistributions.Tensor(entry.GetProperty("value"));
        JsonElement? density = entry.Optional("log_prob");
        bool outside = density?.Values().Data.Any(double.IsNegativeInfinity) ?? false;
        Distribution scorer = outside && validate ? GoldenDistributions.Build(golden, family, false, variables) : distribution;
        if (entry.Optional("grad_log_prob") is { } gradients)
        {
            Tensor variable = value.AsVariable();
            Tensor score = scorer.LogProb(variable);
            Compare("log_prob", () => score, density, Density);
            CompareGradients(score, variable, gradients);
        }
        else
        {
            Compare("log_prob", () => scorer.LogProb(value), density, Density);
        }
        if (entry.Optional("cdf") is { } cdf)
        {
            Compare("cdf", () => distribution.Cdf(value), cdf, Probability);
        }
        if (entry.Optional("survival") is { } survival)
        {
            Compare("survival", () => distribution.SurvivalFunction(value), survival, SurvivalRule(entry));
        }
    }

    public void Moments()
    {
        Compare("mean", () => distribution.Mean, golden.Optional("mean"), Relative);
        Compare("variance", () => distribution.Variance, golden.Optional("variance"), Relative);
        Compare("mode", () => distribution.Mode, golden.Optional("mode"), Relative);
        Compare("entropy", distribution.Entropy, golden.Optional("entropy"), Density);
        foreach ((string field, string property) in new[] { ("covariance_matrix", "CovarianceMatrix"), ("precision_matrix", "PrecisionMatrix") })
        {
            if (golden.Optional(field) is { } matrix)
            {
                Compare(field, () => (Tensor)distribution.GetType().GetProperty(property)!.GetValue(distribution)!, matrix, Density);
            }
        }
    }

    public void Quantiles()
    {
        if (golden.Optional("icdf") is { } quantiles)
        {
            foreach (JsonElement entry in quantiles.EnumerateArray())
            {
                Tensor p = GoldenDistributions.Tensor(entry.GetProperty("p"));
                Compare($"icdf({p.Item():R})", () => distribution.InverseCdf(p), entry.GetProperty("x"), Relative);
            }
        }
    }

    public void Enumeration() => Compare("enumerate_support", () => distribution.EnumerateSupport(), golden.Optional("enumerate_support"), Relative);

    public void Finish() => Assert.True(failures.Count == 0, string.Join("\n", failures));

    private void CompareGradients(Tensor score, Tensor variable, JsonElement gradients)
    {
        foreach (JsonProperty property in gradients.EnumerateObject())
        {
            Tensor source = property.Name == "value" ? variable : variables[property.Name];
            Compare($"gradient of {property.Name}", () => Gradient.Of(score.Sum(), [source])[0], property.Value, Density);
        }
    }

    private void Compare(string quantity, Func<Tensor> got, JsonElement? want, Action<double[], double[], string> rule)
    {
        if (want is not { } expected)
        {
            return;
        }
        try
        {
            Compare(quantity, got(), expected, rule);
        }
        catch (NotSupportedException missing)
        {
            failures.Add($"{quantity}: {missing.Message}");
        }
    }

    private void Compare(string quantity, Tensor got, JsonElement want, Action<double[], double[], string> rule)
    {
        GoldenTensor expected = want.Values();
        Shape shape = Shape.Create(expected.Shape);
        try
        {
            if (shape != got.Shape)
            {
                throw new CheckFailedException($"{quantity}: got shape {got.Shape}, want {shape}");
            }
            rule(got.ToArray<double>(), expected.Data, quantity);
        }
        catch (CheckFailedException failure)
        {
            failures.Add(failure.Message);
        }
    }

    private void Density(double[] got, double[] want, string quantity) => Close.Assert(got, want, 0, rtol, quantity);

    /// <summary>One file holds a survival of 1 beside a cdf of 0.4; where the two contradict each other, 1 - cdf is right.</summary>
    private Action<double[], double[], string> SurvivalRule(JsonElement entry)
    {
        if (entry.Optional("cdf")?.Values().Data is not { } cdf)
        {
            return Probability;
        }
        return (got, want, quantity) => Probability(got, [.. want.Select((w, i) => Math.Abs(w + cdf[i] - 1) > 1e-3 ? 1 - cdf[i] : w)], quantity);
    }

    private void Relative(double[] got, double[] want, string quantity)
    {
        for (int i = 0; i < want.Length; i++)
        {
            Close.Assert(got[i], want[i], rtol, want[i] == 0 ? TinyAbsolute : 0, $"{quantity} [{i}]");
        }
    }

    private void Probability(double[] got, double[] want, string quantity)
    {
        for (int i = 0; i < want.Length; i++)
        {
            Close.Assert(got[i], want[i], Math.Abs(want[i]) < FarTail ? Math.Max(rtol, FarTailTolerance) : rtol, want[i] == 0 ? TinyAbsolute : 0,
                $"{quantity} [{i}]");
        }
    }
}
