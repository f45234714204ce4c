using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>GARCH processes against recursions of forty digits.</summary>
public sealed class ModelsGarchGoldenTests
{
    public static TheoryData<string> Names => [.. GoldenCase.Names("garch.json")];

    [Theory, MemberData(nameof(Names))]
    public void Densities_gradients_and_forecasts_are_exact(string name)
    {
        GoldenCase c = GoldenCase.Find("garch.json", name);
        Assert.Equal("garch", c.Kind);
        c.RequireOnly("log_likelihood", "log_likelihood_terms", "variance", "gradient", "forecast_variance");
        Tensor y = c.Input("y");
        string[] names = [.. c.Parameters.EnumerateObject().Select(entry => entry.Name)];
        Assert.All(names, entry => Assert.Contains(entry, (string[])["mean", "omega", "alpha", "beta", "gamma", "nu", "ar"]));
        Tensor[] numbers = [.. names.Select(entry => c.Parameter(entry).AsVariable())];
        JsonElement first = c.Json.GetProperty("first_variance");
        Garch process = new(Number("omega")!, Vector("alpha") ?? Tensor.Zeros(0), Vector("beta") ?? Tensor.Zeros(0), y.Count, Number("mean"),
            Vector("gamma"),
            Number("nu"), first.ValueKind == JsonValueKind.Number ? first.GetDouble() : null, Vector("ar"));

        Tensor density = process.LogProb(y);
        c.Check("log_likelihood", density);
        c.Check("variance", process.Variances(y));
        c.Check("forecast_variance", process.ForecastVariances(y, c.Integer("horizon")));
        JsonElement expected = c.Expected.GetProperty("gradient");
        Tensor[] gradients = Gradient.Of(density, numbers);
        Assert.All(expected.EnumerateObject(), entry => Assert.Contains(entry.Name, names));
        for (int i = 0; i < names.Length; i++)
        {
            c.Check(expected, names[i], gradients[i]);
        }
        if (c.Expected.TryGetProperty("log_likelihood_terms", out _))
        {
            // A term is the difference that one observation more makes.
            double[] sums = [0, .. Enumerable.Range(1, y.Count).Select(t => Shorter(t).LogProb(y.Slice(0, 0, t)).Item())];
            c.Check("log_likelihood_terms", Tensor.From<double>([.. Enumerable.Range(0, y.Count).Select(t => sums[t + 1] - sums[t])]));
        }

        Garch Shorter(int steps) => new(process.Omega, process.Alpha, process.Beta, steps, process.Level, process.Asymmetric, process.Degrees,
            process.FirstVariance, process.Ar);

        Tensor? Number(string entry) => Array.IndexOf(names, entry) is >= 0 and var i ? numbers[i] : null;

        Tensor? Vector(string entry) => Number(entry) is { } found ? (found.Rank == 0 ? found.Unsqueeze(0) : found) : null;
    }
}
