using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Likelihoods as the golden files name them.</summary>
internal static class GoldenLikelihood
{
    public static LatentLikelihood Of(GoldenCase c, GoldenVariables variables)
    {
        Tensor Get(params string[] names)
        {
            foreach (string name in names)
            {
                if (c.Json.TryGetProperty(name, out JsonElement value)
                    || (c.Json.TryGetProperty("parameters", out JsonElement all) && all.TryGetProperty(name, out value)))
                {
                    return variables.Of(name, value);
                }
            }
            throw new InvalidOperationException($"A case of {c.Json.GetProperty("likelihood")} has none of {string.Join(", ", names)}.");
        }
        return c.Json.GetProperty("likelihood").GetString() switch
        {
            "gaussian" => LatentLikelihood.Gaussian(Get("noise_variance")),
            "poisson" => LatentLikelihood.Poisson,
            "bernoulli-logit" => LatentLikelihood.BernoulliLogit,
            "negative-binomial" or "negative-binomial-log" => LatentLikelihood.NegativeBinomial(
                Get("concentration", "dispersion", "phi", "r", "size", "total_count")),
            string other => throw new InvalidOperationException($"No likelihood is known for {other}."),
            null => throw new InvalidOperationException("The case names no likelihood."),
        };
    }
}
