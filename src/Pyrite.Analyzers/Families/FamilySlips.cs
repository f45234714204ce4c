using Microsoft.CodeAnalysis;

namespace Pyrite.Analyzers.Families;

/// <summary>Which argument does not mean what its parameter takes, and how to make the one from the other.</summary>
internal static class FamilySlips
{
    // "{0}" is the argument. Keys are the parameter's name and the argument's role; what works for any family.
    private static readonly Dictionary<(string Parameter, ArgumentRole Argument), (string Takes, string Remedy)> Slips = new()
    {
        [("scale", ArgumentRole.Variance)] = ("a standard deviation", "sqrt"),
        [("scale", ArgumentRole.Precision)] = ("a standard deviation", "rsqrt"),
        [("scale", ArgumentRole.Rate)] = ("a scale", "reciprocal"),
        [("scale", ArgumentRole.LogScale)] = ("a scale, not its logarithm", "exp"),
        [("scale", ArgumentRole.LogVariance)] = ("a standard deviation", "halfexp"),
        [("scale", ArgumentRole.Covariance)] = ("a standard deviation", ""),
        [("rate", ArgumentRole.Scale)] = ("a rate, one over the scale", "reciprocal"),
        [("rate", ArgumentRole.LogRate)] = ("a rate, not its logarithm", "exp"),
        [("probs", ArgumentRole.Logits)] = ("probabilities", "name:logits"),
        [("logits", ArgumentRole.Probabilities)] = ("logits", "name:probs"),
        [("covarianceMatrix", ArgumentRole.Factor)] = ("a covariance matrix", "name:scaleTril"),
        [("covarianceMatrix", ArgumentRole.PrecisionMatrix)] = ("a covariance matrix", "name:precisionMatrix"),
        [("covarianceMatrix", ArgumentRole.Precision)] = ("a covariance matrix", "name:precisionMatrix"),
        [("precisionMatrix", ArgumentRole.Covariance)] = ("a precision matrix", "name:covarianceMatrix"),
        [("scaleTril", ArgumentRole.Covariance)] = ("a Cholesky factor", "name:covarianceMatrix"),
        [("loc", ArgumentRole.Scale)] = ("a location", ""),
        [("totalCount", ArgumentRole.Probabilities)] = ("a number of trials", ""),
        [("concentration", ArgumentRole.Scale)] = ("a concentration (shape)", ""),
        [("rate", ArgumentRole.Shape)] = ("a rate, not a concentration (shape)", ""),
        [("low", ArgumentRole.High)] = ("the lower end", ""),
        [("high", ArgumentRole.Low)] = ("the upper end", ""),
    };

    /// <summary>What the parameter takes and the remedy's key, empty where there is none; null where argument and parameter agree.</summary>
    public static (string Takes, string Remedy)? Find(IMethodSymbol constructor, IParameterSymbol parameter, ArgumentRole argument)
    {
        string family = constructor.ContainingType.Name;
        switch (family, parameter.Name, argument)
        {
            // What is called the rate here is the scale of an inverse gamma in Stan and in textbooks.
            case ("InverseGamma", "rate", ArgumentRole.Scale):
                return null;
            case ("Exponential" or "Gamma", "rate", ArgumentRole.Mean):
                return (family == "Gamma" ? "a rate, the concentration over the mean" : "a rate, one over the mean",
                    family == "Gamma" ? "" : "reciprocal");
            case ("Poisson", "rate", ArgumentRole.LogRate):
                return ("a rate, not its logarithm", "name:logRate");
            case ("Weibull" or "Lomax" or "LogLogistic" or "Pareto", "scale", ArgumentRole.Shape):
                return ("a scale: here it stands first", "");
            case ("NegativeBinomial", "totalCount", ArgumentRole.Mean):
                return ("a number of failures: NegativeBinomial2 takes the mean", "");
        }
        return Slips.TryGetValue((parameter.Name, argument), out (string Takes, string Remedy) slip) ? slip : null;
    }
}
