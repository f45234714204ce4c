using System.Globalization;

namespace Pyrite.Checks;

/// <summary>Checks of parameters: looked at at once where numbers are known, and in recorded steps when the program has run.</summary>
internal static class ParameterCheck
{
    private static readonly NumberRange Positive = new(0, double.PositiveInfinity, LowOpen: true, HighOpen: true);
    private static readonly NumberRange NonNegative = new(0, double.PositiveInfinity, HighOpen: true);
    private static readonly NumberRange Finite = new(double.NegativeInfinity, double.PositiveInfinity, LowOpen: true, HighOpen: true);

    /// <summary>The parameter, whose numbers must be positive.</summary>
    public static Tensor RequirePositive(string owner, string name, Tensor value) => Require(owner, name, value, Positive, "positive");

    /// <summary>The parameter, whose numbers must not be negative.</summary>
    public static Tensor RequireNonNegative(string owner, string name, Tensor value) => Require(owner, name, value, NonNegative, "at least 0");

    /// <summary>The parameter, whose numbers must be finite.</summary>
    public static Tensor RequireFinite(string owner, string name, Tensor value) => Require(owner, name, value, Finite, "finite");

    /// <summary>The parameter, whose numbers must lie in a range; a plain number in double precision.</summary>
    public static Tensor Require(string owner, string name, Tensor value, NumberRange range, string requirement)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (value.IsWeak)
        {
            return range.Admits(value.WeakValue) ? value.To(DType.Float64) : throw Error(owner, name, requirement, [value.WeakValue], range);
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        StepCheck.Add(value.AllWithin(range), new Refusal(found => Error(owner, name, requirement, found.ToArray<double>(), range)), name, value);
        return value;
    }

    /// <summary>A number as messages show it.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "NaN" : value.ToString("G7", CultureInfo.InvariantCulture);

    private static ArgumentException Error(string owner, string name, string requirement, double[] values, NumberRange range)
    {
        int bad = Array.FindIndex(values, value => !range.Admits(value));
        string place = values.Length > 1 ? $" at entry {bad}" : "";
        return new ArgumentException($"{owner}: {name} must be {requirement}; found {Number(values[Math.Max(0, bad)])}{place}.", name);
    }
}
