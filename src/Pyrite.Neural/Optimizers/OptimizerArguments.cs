using System.Runtime.CompilerServices;

namespace Pyrite.Optimizers;

/// <summary>Checks that several optimizers have in common; NaN fails all of them.</summary>
internal static class OptimizerArguments
{
    /// <summary>Refuses numbers below 0 and infinite ones.</summary>
    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0) || double.IsInfinity(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"The optimizer needs {name} to be finite and 0 or more.");
        }
    }

    /// <summary>Refuses numbers outside 0 ≤ value &lt; 1.</summary>
    public static void Decay(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, $"The optimizer needs {name} to be at least 0 and below 1.");
        }
    }
}
