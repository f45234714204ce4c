using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Families;

/// <summary>Reads the role of an argument from its name: of a variable, a member, or a site.</summary>
internal static class ArgumentName
{
    private static readonly Dictionary<string, ArgumentRole> Roles = new (ArgumentRole Role, string Words)[]
    {
        (ArgumentRole.Location, "loc location mu"),
        (ArgumentRole.Mean, "mean"),
        (ArgumentRole.Scale, "scale sigma std sd stddev stdev deviation"),
        (ArgumentRole.LogScale, "logscale logsigma logstd"),
        (ArgumentRole.Variance, "variance var sigma2 sigmasq sigmasquared"),
        (ArgumentRole.LogVariance, "logvar logvariance"),
        (ArgumentRole.Precision, "precision prec"),
        (ArgumentRole.Rate, "rate"),
        (ArgumentRole.LogRate, "lograte"),
        (ArgumentRole.Shape, "shape concentration"),
        (ArgumentRole.Probabilities, "prob probs probability probabilities"),
        (ArgumentRole.Logits, "logit logits"),
        (ArgumentRole.Covariance, "covariance cov"),
        (ArgumentRole.Factor, "tril cholesky chol"),
        (ArgumentRole.Low, "low lower min minimum"),
        (ArgumentRole.High, "high upper max maximum"),
    }
    .SelectMany(row => row.Words.Split(' ').Select(word => (Word: word, row.Role))).ToDictionary(row => row.Word, row => row.Role);

    // Words that turn the meaning of the one behind them.
    private static readonly HashSet<string> Turning =
        [.. "inverse inv sqrt root unconstrained raw free log exp reciprocal initial relative".Split(' ')];

    private static readonly Regex Words = new("[A-Z]?[a-z]+[0-9]*|[A-Z]+(?![a-z])[0-9]*", RegexOptions.CultureInvariant);

    /// <summary>The role of a value.</summary>
    public static ArgumentRole RoleOf(IOperation value, PyriteTypes types) => OperationWalk.Converted(value) switch
    {
        ILocalReferenceOperation local => RoleOf(local.Local.Name),
        IParameterReferenceOperation parameter => RoleOf(parameter.Parameter.Name),
        IFieldReferenceOperation field => RoleOf(field.Field.Name),
        IPropertyReferenceOperation { Property: { IsIndexer: false } property } => RoleOf(property.Name),
        IPropertyReferenceOperation { Instance: { } whole } entries when types.IsTensor(whole.Type) && types.IsTensor(entries.Type) =>
            RoleOf(whole, types),
        IInvocationOperation { TargetMethod.Name: "Variance" or "StandardDeviation" } moment when PyriteTypes.IsOwn(moment.TargetMethod) =>
            moment.TargetMethod.Name == "Variance" ? ArgumentRole.Variance : ArgumentRole.Scale,
        var operation when Statement.Of(operation, types) is { Kind: "Sample" or "Param" or "Deterministic", Name: { } name } => RoleOf(name),
        _ => ArgumentRole.Unknown,
    };

    /// <summary>The role that the last word of a name tells, with <c>log</c> before it.</summary>
    public static ArgumentRole RoleOf(string name)
    {
        string[] words = [.. Words.Matches(name).Cast<Match>().Select(match => match.Value.ToLowerInvariant())];
        if (words.Length == 0)
        {
            return ArgumentRole.Unknown;
        }
        string last = words[words.Length - 1], before = words.Length > 1 ? words[words.Length - 2] : "";
        if (before == "sigma" && last is "squared" or "sq")
        {
            return ArgumentRole.Variance;
        }
        if (before == "precision" && last == "matrix")
        {
            return ArgumentRole.PrecisionMatrix;
        }
        if (before == "covariance" && last == "matrix")
        {
            return ArgumentRole.Covariance;
        }
        if (before == "log" && Roles.TryGetValue("log" + last, out ArgumentRole logarithm))
        {
            return logarithm;
        }
        return !words.Take(words.Length - 1).Any(Turning.Contains) && Roles.TryGetValue(last, out ArgumentRole role) ? role : ArgumentRole.Unknown;
    }
}
