using System.Globalization;

namespace Pyrite.Inference.Parameters;

/// <summary>What a file says about the constraint of a parameter: words for messages, and a number that tells maps apart which have the same
/// words.</summary>
/// <param name="Words">The constraint in words.</param>
/// <param name="Probe">A weighted mean of what the map from the reals gives at fixed points.</param>
internal readonly record struct ConstraintDescription(string Words, double Probe)
{
    /// <summary>Rounding between processors and versions is far smaller; maps that are so alike give the same values.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>No constraint: the learnable side is the value.</summary>
    public static ConstraintDescription Free { get; } = new(WordsOf(Constraints.Real), 0);

    /// <summary>The look of a constraint.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="map">Its map from the reals; null if the learnable side is the value.</param>
    /// <param name="unconstrained">The shape of the learnable side.</param>
    public static ConstraintDescription Of(Constraint constraint, Transform? map, Shape unconstrained)
    {
        if (map is null)
        {
            return Free;
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        double[] points = [.. Enumerable.Range(0, checked((int)unconstrained.Count)).Select(i => (0.3 * (i % 5)) - 0.5)];
        double[] values = map.Forward(Tensor.From(points, unconstrained)).To(DType.Float64).ToArray<double>();
        return new ConstraintDescription(WordsOf(constraint), values.Select((value, i) => value * (1 + (i % 7))).DefaultIfEmpty().Average());
    }

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static ConstraintDescription Parse(string text)
    {
        int end = text.LastIndexOf('@');
        return end > 0 && double.TryParse(text.AsSpan(end + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double probe)
            ? new ConstraintDescription(text[..end], probe)
            : throw new FormatException($"\"{text}\" describes no constraint");
    }

    /// <summary>Words and number in one line.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Words}@{Probe:R}");

    /// <summary>Whether both stand for the same map.</summary>
    public bool IsLike(ConstraintDescription other) => Words == other.Words
        && (Math.Abs(Probe - other.Probe) <= Tolerance * (1e-12 + Math.Max(Math.Abs(Probe), Math.Abs(other.Probe)))
            || (double.IsNaN(Probe) && double.IsNaN(other.Probe)));

    /// <summary>What differs between the constraints of a model and those of a file, or null. Names that only one of them has are not looked
    /// at.</summary>
    /// <param name="present">Those of the model; what is missing has none.</param>
    /// <param name="saved">Those of the file; what is missing has none.</param>
    /// <param name="names">The parameters that both have.</param>
    public static string? Difference(IReadOnlyDictionary<string, ConstraintDescription> present,
        IReadOnlyDictionary<string, ConstraintDescription> saved,
        IEnumerable<string> names)
    {
        foreach (string name in names.Order(StringComparer.Ordinal))
        {
            ConstraintDescription here = present.GetValueOrDefault(name, Free), there = saved.GetValueOrDefault(name, Free);
            if (!here.IsLike(there))
            {
                string bounds = here.Words == there.Words ? " with other bounds" : "";
                return $"parameter \"{name}\" must be {here.Words} here, but was saved as one that must be {there.Words}{bounds}. Its learnable side "
                    + "would stand for another value: give it the constraint that it was saved with, or begin anew.";
            }
        }
        return null;
    }

    private static string WordsOf(Constraint constraint) => constraint.EventRank == 0 || constraint.Requirement.Contains('@')
        ? $"{constraint.Requirement.Replace('@', ' ')} ({constraint.Name})"
        : string.Create(CultureInfo.InvariantCulture, $"{constraint.Requirement} ({constraint.Name}, {constraint.EventRank} axes)");
}
