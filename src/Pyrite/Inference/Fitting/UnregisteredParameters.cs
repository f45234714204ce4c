namespace Pyrite.Inference.Fitting;

/// <summary>Words the error of parameters that a loss depends on, but that nobody registered: they would stay as they were drawn.</summary>
internal static class UnregisteredParameters
{
    private const int Shown = 6;

    /// <summary>The error.</summary>
    /// <param name="parameters">Parameters that are not frozen and belong to no store; at least one.</param>
    public static ModelException Refusal(IReadOnlyList<Parameter> parameters)
    {
        string names = string.Join(", ", parameters.Select(Describe).Order(StringComparer.Ordinal).Take(Shown));
        string more = parameters.Count > Shown ? $" and {parameters.Count - Shown} more" : "";
        return new ModelException(ModelError.UnregisteredParameters, null,
            $"The loss depends on {Number(parameters.Count)} that neither model nor guide has registered, so inference would never "
                + $"learn {(parameters.Count == 1 ? "it" : "them")}: {names}{more}. Call Register(\"name\", network) in the model or guide that uses "
                + "the network; a network that shall stay as it is says so by Frozen(), a single parameter by RequiresGradient = false.");
    }

    private static string Number(int count) => count == 1 ? "a parameter" : $"{count} parameters";

    private static string Describe(Parameter parameter) => $"{parameter.FullName ?? "a parameter of no network"} {parameter.Shape}";
}
