using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>Filters, smoothers, forecasts and gradients of linear Gaussian systems against numbers of forty digits.</summary>
public sealed class ModelsStateSpaceGoldenTests
{
    private static readonly string[] MatrixNames = ["T", "Q", "Z", "H", "m0", "P0", "c", "d", "y"];

    public static TheoryData<string> Names => [.. GoldenCase.Names("statespace.json")];

    [Theory, MemberData(nameof(Names))]
    public void Filter_smoother_forecast_and_gradient_are_exact(string name)
    {
        GoldenCase c = GoldenCase.Find("statespace.json", name);
        c.RequireOnly("log_likelihood", "log_likelihood_terms", "predicted_mean", "predicted_cov", "filtered_mean", "filtered_cov", "smoothed_mean",
            "smoothed_cov", "smoothed_cross_cov", "forecast_state_mean", "forecast_state_cov", "forecast_mean", "forecast_cov", "gradient",
            "matrix_gradient", "log_likelihood_without_diffuse_2pi", "filtered_from");
        Tensor y = c.Input("y"), seen = !y.IsNan();
        LinearGaussianStateSpace model = Model(c, MatrixNames.Select(c.Input).ToArray());

        c.Check("log_likelihood", model.LogProb(y));
        c.Check("log_likelihood_without_diffuse_2pi",
            Model(c, MatrixNames.Select(c.Input).ToArray(), DiffuseConvention.WithoutTwoPi).LogProb(y));
        Filtered filtered = model.Filter(y, seen);
        c.Check("log_likelihood_terms", filtered.LogProbTerms);
        c.Check("log_likelihood", filtered.LogProb);
        c.Check("predicted_mean", filtered.PredictedMean);
        c.Check("predicted_cov", filtered.PredictedCovariance);
        int from = c.Expected.TryGetProperty("filtered_from", out JsonElement first) ? first.GetInt32() : 0, steps = y.Shape[0];
        Assert.Equal(from, filtered.DiffuseSteps);
        c.Check("filtered_mean", filtered.Mean.Slice(0, from, steps - from));
        c.Check("filtered_cov", filtered.Covariance.Slice(0, from, steps - from));
        Smoothed smoothed = model.Smooth(y, seen);
        c.Check("smoothed_mean", smoothed.Mean);
        c.Check("smoothed_cov", smoothed.Covariance);
        c.Check("smoothed_cross_cov", smoothed.CrossCovariance);
        Forecast forecast = model.Forecast(y, c.Integer("horizon"), seen);
        c.Check("forecast_state_mean", forecast.StateMean);
        c.Check("forecast_state_cov", forecast.StateCovariance);
        c.Check("forecast_mean", forecast.Mean);
        c.Check("forecast_cov", forecast.Covariance);
        CheckMatrixGradient(c);
        CheckGradient(c);
    }

    private static LinearGaussianStateSpace Model(GoldenCase c, Tensor[] parts, DiffuseConvention convention = DiffuseConvention.Limit)
    {
        InitialState start = c.Has("diffuse")
            ? InitialState.Diffuse([.. c.Input("diffuse").ToArray<double>().Select(mark => mark != 0)], parts[4], parts[5])
            : c.Has("first") && c.Json.GetProperty("first").GetString() == "before-first-observation"
                ? InitialState.BeforeFirst(parts[4], parts[5])
                : InitialState.Normal(parts[4], parts[5]);
        return new LinearGaussianStateSpace(parts[0], parts[1], parts[2], parts[3], start, parts[8].Shape[0], parts[6], parts[7],
            !c.Input("y").IsNan(),
            convention);
    }

    /// <summary>Gradients in whole matrices and in the data.</summary>
    private static void CheckMatrixGradient(GoldenCase c)
    {
        if (!c.Expected.TryGetProperty("matrix_gradient", out JsonElement expected))
        {
            return;
        }
        Tensor[] parts = [.. MatrixNames.Select(part => c.Input(part).AsVariable())];
        Tensor[] gradients = Gradient.Of(Model(c, parts).LogProb(parts[8]), parts);
        Assert.All(expected.EnumerateObject(), entry => Assert.Contains(entry.Name, MatrixNames));
        for (int i = 0; i < parts.Length; i++)
        {
            // What is missing has no gradient.
            Tensor gradient = MatrixNames[i] == "y" && expected.TryGetProperty("y", out JsonElement known)
                ? Tensor.Where(GoldenCase.Tensor(known).IsNan(), double.NaN, gradients[i])
                : gradients[i];
            c.Check(expected, MatrixNames[i], gradient);
        }
    }

    /// <summary>Gradients in the named numbers that the matrices are made of.</summary>
    private static void CheckGradient(GoldenCase c)
    {
        if (!c.Expected.TryGetProperty("gradient", out JsonElement expected))
        {
            return;
        }
        string[] names = [.. c.Parameters.EnumerateObject().Select(entry => entry.Name)];
        Tensor[] numbers = [.. names.Select(name => c.Parameter(name).AsVariable())];
        Tensor density = OfNumbers(c, name => numbers[Array.IndexOf(names, name)]).LogProb(c.Input("y"));
        c.Check("log_likelihood", density);
        Tensor[] gradients = Gradient.Of(density, numbers);
        Assert.All(expected.EnumerateObject(), entry => Assert.Contains(entry.Name, names));
        for (int i = 0; i < names.Length; i++)
        {
            c.Check(expected, names[i], gradients[i]);
        }
    }

    private static LinearGaussianStateSpace OfNumbers(GoldenCase c, Func<string, Tensor> number)
    {
        Tensor[] parts = [.. MatrixNames.Select(c.Input)];
        int states = parts[0].Shape[0];
        parts[3] = number("sigma2_eps").Reshape(1, 1);
        if (c.Kind == "ar")
        {
            Tensor coefficients = Tensor.Stack([.. Enumerable.Range(1, states).Select(i => number($"phi{i}"))]);
            Tensor transition = Tensor.Concat(
                [coefficients.Unsqueeze(-1), Tensor.Identity(states, DType.Float64).Slice(1, 0, states - 1)], 1);
            return new LinearGaussianStateSpace(transition, First(number("sigma2"), states), parts[2], parts[3], InitialState.Stationary(),
                parts[8].Shape[0], outputShift: number("mean").Reshape(1), present: !parts[8].IsNan());
        }
        string[] noises = c.Kind switch
        {
            "local-level" => ["sigma2_eta"],
            "local-linear-trend" => ["sigma2_level", "sigma2_slope"],
            "trend+seasonal-dummy" => ["sigma2_level", "sigma2_slope", "sigma2_seas"],
            _ => throw new InvalidOperationException($"No model is written for kind {c.Kind} of {c.Name}."),
        };
        Tensor diagonal = Tensor.Stack([.. noises.Select(number)]);
        diagonal = states > noises.Length ? Tensor.Concat([diagonal, Tensor.Zeros([states - noises.Length], DType.Float64)]) : diagonal;
        parts[1] = diagonal.DiagonalEmbed();
        return Model(c, parts);
    }

    private static Tensor First(Tensor number, int states) =>
        (Tensor.Identity(states, DType.Float64).Slice(0, 0, 1) * number).Reshape(states).DiagonalEmbed();
}
