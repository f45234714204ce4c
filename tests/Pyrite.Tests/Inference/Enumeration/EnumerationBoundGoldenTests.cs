using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests.Enumeration;

/// <summary>Bounds with discrete sites in the guide, in the model, or in both.</summary>
[Trait("Once", "Cultures")]
public sealed class EnumerationBoundGoldenTests
{
    public static TheoryData<string> Names => [.. GoldenCase.All.Where(c => BoundModels.All.ContainsKey(c.Kind)).Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_loss_and_its_gradient_are_exact(string name)
    {
        GoldenCase c = GoldenCase.Of(name);
        (Action<GoldenCase> model, Action<GoldenCase> guide) = BoundModels.All[c.Kind];
        if (c.Expected.Optional("at_noise") is { } atNoise)
        {
            foreach (JsonElement draw in atNoise.ValueKind == JsonValueKind.Array ? [.. atNoise.EnumerateArray()] : new[] { atNoise })
            {
                double noise = draw.GetProperty("noise").Values().Data[0];
                Compare(name, OneStep.Of(c, model, WithNoise(guide, noise)), draw.GetProperty("loss").Number(), draw.GetProperty("gradient"));
            }
            return;
        }
        Compare(name, OneStep.Of(c, model, guide), c.Number("loss"), c.Expected.GetProperty("gradient"));
    }

    [Theory, InlineData("elbo_continuous_model/small"), InlineData("elbo_continuous_and_discrete/independent"),
        InlineData("elbo_continuous_and_discrete/dependent")]
    public void The_mean_over_the_noise_is_that_of_the_bound(string name)
    {
        GoldenCase c = GoldenCase.Of(name);
        (Action<GoldenCase> model, Action<GoldenCase> guide) = BoundModels.All[c.Kind];
        const double Step = 0.25, End = 9;
        double mean = 0;
        Dictionary<string, double[]> gradient = c.Starts.ToDictionary(start => start.Key, start => new double[start.Value.Count]);
        for (double noise = -End; noise <= End; noise += Step)
        {
            double weight = Step * Math.Exp(-0.5 * noise * noise) / Math.Sqrt(2 * Math.PI);
            (double loss, IReadOnlyDictionary<string, double[]> slopes) = OneStep.Of(c, model, WithNoise(guide, noise));
            mean += weight * loss;
            foreach ((string parameter, double[] sums) in gradient)
            {
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += weight * slopes[parameter][i];
                }
            }
        }

        // The trapezoidal rule is exact to rounding for such integrands.
        JsonElement expected = c.Expected.GetProperty("expected");
        Close.Assert(mean, expected.GetProperty("loss").Number(), 0, 1e-8, name);
        foreach (JsonProperty entry in expected.GetProperty("gradient").EnumerateObject())
        {
            Close.Assert(gradient[entry.Name], entry.Value.Values().Data, 0, 1e-8, $"{name} {entry.Name}");
        }
    }

    private static Action<GoldenCase> WithNoise(Action<GoldenCase> guide, double noise) => c =>
    {
        using HandlerScope scope = new NoiseHandler(noise).Enter();
        guide(c);
    };

    private static void Compare(string name, (double Loss, IReadOnlyDictionary<string, double[]> Gradient) found, double loss, JsonElement gradient)
    {
        Close.Assert(found.Loss, loss, 0, 1e-10, name);
        foreach (JsonProperty entry in gradient.EnumerateObject())
        {
            double[] expected = entry.Value.Values().Data;
            for (int i = 0; i < expected.Length; i++)
            {
                Close.Assert(found.Gradient[entry.Name][i], expected[i], 0, 1e-8, $"{name} {entry.Name}[{i}]");
            }
        }
    }

    /// <summary>Decides the standard normal number behind a draw.</summary>
    private sealed class NoiseHandler(double noise) : Handler
    {
        protected internal override void Before(SampleSite site)
        {
            if (site.Distribution is Normal normal)
            {
                site.Value = normal.Loc + (normal.Scale * noise);
            }
        }
    }
}
