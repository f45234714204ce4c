namespace Pyrite;

/// <summary>A tensor would stand for more values at once than memory should hold.</summary>
public sealed class LiftedSizeException : InvalidOperationException
{
    internal LiftedSizeException(string operation, double count, IReadOnlyList<HiddenAxis> axes)
        : base(FormattableString.Invariant(
            $"The result of {operation} would be {count:0.###e+0} numbers, for all values of {axes.Count} axes at once."))
    {
        Count = count;
        Axes = axes;
    }

    /// <summary>How many numbers.</summary>
    public double Count { get; }

    /// <summary>What the tensor would depend on.</summary>
    public IReadOnlyList<HiddenAxis> Axes { get; }
}
