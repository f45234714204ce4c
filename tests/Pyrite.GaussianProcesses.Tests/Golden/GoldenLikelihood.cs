using System.Text.Json;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Likelihoods as the golden files name them.</summary>
internal static class GoldenLikelihood
{
    public static LatentLikelihood Of(JsonElement c, GoldenVariables variables)
    {
        Tensor Get(params string[] names)
        {
            foreach (string name in names)
            {
                if (c.TryGetProperty(name, out JsonElement value)
                    || (c.TryGetProperty("parameters", out JsonElement all) && all.TryGetProperty(name, out value)))
                {
                    return variables.Of(name, value);
                }
            }
            throw new InvalidOperationException($"A case of {c.GetProperty("likelihood")} has none of {string.Join(", ", names)}.");
        }
        return c.GetProperty("likelihood").GetString() switch
        {
            "gaussian" => LatentLikelihood.Gaussian(Get("noise_variance")),
            "poisson" => LatentLikelihood.Poisson,
            "bernoulli-logit" => LatentLikelihood.BernoulliLogit,
            "negative-binomial" => LatentLikelihood.NegativeBinomial(Get("concentration", "dispersion", "phi")),
            string other => throw new InvalidOperationException($"No likelihood is known for {other}."),
            null => throw new InvalidOperationException("The case names no likelihood."),
        };
    }
}
