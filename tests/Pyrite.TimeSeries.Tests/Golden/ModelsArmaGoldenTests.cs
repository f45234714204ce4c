using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>ARMA and VAR processes against dense Gaussian densities of forty digits.</summary>
public sealed class ModelsArmaGoldenTests
{
    public static TheoryData<string> Univariate => [.. GoldenCase.Names("arma.json", "arma")];

    public static TheoryData<string> Vectors => [.. GoldenCase.Names("arma.json", "var")];

    public static TheoryData<string> Transforms => [.. GoldenCase.Names("arma.json", "pacf-transform")];

    [Fact]
    public void No_case_is_of_a_kind_that_nobody_looks_at() =>
        Assert.All(GoldenCase.Of("arma.json"), c => Assert.Contains(c.Kind, (string[])["arma", "var", "pacf-transform"]));

    [Theory, MemberData(nameof(Univariate))]
    public void Densities_gradients_and_forecasts_of_Arma_are_exact(string name)
    {
        GoldenCase c = GoldenCase.Find("arma.json", name);
        c.RequireOnly("log_likelihood", "gradient", "forecast_mean", "forecast_cov", "autocovariance", "psi", "conditional_log_likelihood",
            "conditional_gradient");
        string[] names = ["ar", "ma", "mean", "sigma2"];
        Tensor[] numbers = [.. names.Select(part => c.Parameter(part).AsVariable())];
        Tensor y = c.Input("y");
        Arma process = Process();

        Tensor density = process.LogProb(y);
        c.Check("log_likelihood", density);
        CheckGradients(c, "gradient", density, names, numbers);
        c.Check("log_likelihood", process.ToStateSpace().LogProb(y.Unsqueeze(-1)));
        int lags = c.Expected.GetProperty("psi").GetProperty("shape")[0].GetInt32(), horizon = c.Integer("horizon");
        c.Check("autocovariance", process.Autocovariance(lags));
        c.Check("psi", process.ImpulseWeights(lags));
        LinearGaussianStateSpace ahead = process.Ahead(y, horizon);
        c.Check("forecast_mean", ahead.Forecast().Mean.Squeeze(-1));
        c.Check("forecast_cov", ahead.JointCovariance());
        if (c.Expected.TryGetProperty("conditional_log_likelihood", out _))
        {
            Tensor conditional = process.ConditionalLogProb(y);
            c.Check("conditional_log_likelihood", conditional);
            CheckGradients(c, "conditional_gradient", conditional, names, numbers);
        }

        Arma Process() => new(numbers[0], numbers[1], numbers[2], numbers[3].Sqrt(), y.Count, present: y.IsNan().ToArray<bool>().Contains(true)
            ? !y.IsNan() : null);
    }

    [Theory, MemberData(nameof(Vectors))]
    public void Densities_gradients_and_forecasts_of_vectors_are_exact(string name)
    {
        GoldenCase c = GoldenCase.Find("arma.json", name);
        c.RequireOnly("log_likelihood", "gradient", "forecast_mean", "forecast_cov", "conditional_log_likelihood", "conditional_gradient",
            "impulse_response",
            "stationary_mean");
        string[] names = ["A", "c", "Sigma"];
        Tensor[] numbers = [.. names.Select(part => c.Parameter(part).AsVariable())];
        Tensor y = c.Input("y");
        VectorAutoRegression process = new(numbers[0], numbers[1], numbers[2], y.Shape[0]);

        Tensor density = process.LogProb(y), conditional = process.ConditionalLogProb(y);
        c.Check("log_likelihood", density);
        CheckGradients(c, "gradient", density, names, numbers);
        c.Check("conditional_log_likelihood", conditional);
        CheckGradients(c, "conditional_gradient", conditional, names, numbers);
        Forecast forecast = process.Forecast(y, c.Integer("horizon"));
        c.Check("forecast_mean", forecast.Mean);
        c.Check("forecast_cov", forecast.Covariance);
        c.Check("impulse_response", process.ImpulseResponse(c.Expected.GetProperty("impulse_response").GetProperty("shape")[0].GetInt32()));
        c.Check("stationary_mean", process.StationaryMean);
    }

    [Theory, MemberData(nameof(Transforms))]
    public void Partial_autocorrelations_become_coefficients(string name)
    {
        GoldenCase c = GoldenCase.Find("arma.json", name);
        c.RequireOnly("ar", "log_abs_det_jacobian");
        Tensor partial = c.Input("partial");
        StationaryTransform transform = new();

        Tensor ar = transform.Forward(partial);
        c.Check("ar", ar);
        c.Check("log_abs_det_jacobian", transform.LogAbsDetJacobian(partial, ar));
        Close.Assert(transform.Inverse(ar), partial, 1e-12, 1e-12, "inverse");
    }

    /// <summary>A gradient in a matrix that must be symmetric is compared as a symmetric one.</summary>
    private static void CheckGradients(GoldenCase c, string group, Tensor density, string[] names, Tensor[] numbers)
    {
        JsonElement expected = c.Expected.GetProperty(group);
        Assert.All(expected.EnumerateObject(), entry => Assert.Contains(entry.Name, names));
        Tensor[] gradients = Gradient.Of(density, numbers);
        for (int i = 0; i < names.Length; i++)
        {
            c.Check(expected, names[i], names[i] == "Sigma" ? 0.5 * (gradients[i] + gradients[i].Transpose()) : gradients[i]);
        }
    }
}
