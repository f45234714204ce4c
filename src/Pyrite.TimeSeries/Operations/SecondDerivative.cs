namespace Pyrite.Operations;

/// <summary>What is said where a gradient is to be differentiated that has no rule for it.</summary>
internal static class SecondDerivative
{
    /// <summary>The refusal.</summary>
    /// <param name="name">Of what was differentiated, in lower case.</param>
    public static NotSupportedException Refused(string name) => new(
        $"The gradient of {name} was to be differentiated once more, which it has no rule for. Take second derivatives by differences of its "
            + "gradients, as Laplace.Run does.");
}
